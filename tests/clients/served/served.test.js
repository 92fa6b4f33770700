'use strict';
const assert = require('node:assert');
const http = require('node:http');
const { describe, it } = require('node:test');

const { ClientSecretCredential } = require('@azure/identity');
const { Client, PageIterator } = require('@microsoft/microsoft-graph-client');
const {
  TokenCredentialAuthenticationProvider,
} = require('@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials');
const tenant = require('../tenant.js');

const scopes = ['https://graph.microsoft.com/.default'];

/** The library knows HTTPS_PROXY by itself. */
const credential = new ClientSecretCredential(
  tenant.tenant_id,
  tenant.client_id,
  tenant.client_secrets[0].value,
);

describe('a served tenant', () => {
  it('gives @azure/identity a token through the proxy', async () => {
    assert.ok((await credential.getToken(scopes)).token);
  });

  it('is read page by page by the Graph client at its base URL, and links stay there', async () => {
    const client = Client.initWithMiddleware({
      baseUrl: `https://${tenant.address}/graph.microsoft.com/`,
      customHosts: new Set([tenant.address.split(':')[0]]),
      authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes }),
    });
    const first = await client.api('/security/incidents').get();
    assert.ok(first['@odata.nextLink'].startsWith(`https://${tenant.address}/graph.microsoft.com/`));
    const ids = [];
    const pages = new PageIterator(client, first, (incident) => ids.push(incident.id));
    await pages.iterate();
    assert.ok(ids.length > first.value.length);
    assert.strictEqual(new Set(ids).size, ids.length);
  });

  it('refuses to be a proxy to anybody else, and says why', async () => {
    const [host, port] = tenant.address.split(':');
    const refused = http.request({ host, port, method: 'CONNECT', path: 'registry.example:443' });
    const status = await new Promise((resolve, reject) => {
      refused.on('connect', (answer) => resolve(answer.statusCode));
      refused.on('error', reject);
      refused.end();
    });
    assert.strictEqual(status, 403);
  });
});
