'use strict';
const assert = require('node:assert');
const { describe, it } = require('node:test');

const { ConfidentialClientApplication } = require('@azure/msal-node');
const { GraphError } = require('@microsoft/microsoft-graph-client');
const { graphClient } = require('../graph_client.js');
const tenant = require('../tenant.js');

describe('a tenant with troubles', () => {
  it('makes the Graph client wait as Retry-After says, twice', async () => {
    const begun = Date.now();
    const answer = await graphClient().api('/security/alerts_v2').get();
    assert.strictEqual(answer.value.length, 1);
    const waited = Date.now() - begun;
    assert.ok(waited >= 2000 && waited < 20000, `${waited} ms`);
  });

  it('refuses what no consent was given for, and names the roles', async () => {
    await assert.rejects(graphClient().api('/security/incidents').get(), (error) => {
      assert.ok(error instanceof GraphError);
      assert.strictEqual(error.statusCode, 403);
      assert.strictEqual(error.code, 'Forbidden');
      assert.match(error.message, /application roles: SecurityAlert\.Read\.All\.$/);
      return true;
    });
  });

  it('refuses an expired secret as AADSTS7000222', async () => {
    const app = new ConfidentialClientApplication({
      auth: {
        clientId: tenant.client_id,
        authority: `https://login.microsoftonline.com/${tenant.tenant_id}`,
        clientSecret: tenant.secrets.expired.value,
      },
    });
    const scopes = ['https://graph.microsoft.com/.default'];
    await assert.rejects(app.acquireTokenByClientCredential({ scopes }), (error) => {
      assert.strictEqual(error.errorCode, 'invalid_client');
      assert.strictEqual(Number(error.errorNo), 7000222);
      return true;
    });
  });
});
