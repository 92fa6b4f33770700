'use strict';
const assert = require('node:assert');
const { describe, it } = require('node:test');

const {
  AuthenticationRequiredError,
  ClientCertificateCredential,
  ClientSecretCredential,
} = require('@azure/identity');
const tenant = require('../tenant.js');

const graphScope = 'https://graph.microsoft.com/.default';
const secret = (value, options) =>
  new ClientSecretCredential(tenant.tenant_id, tenant.client_id, value, options);

describe('@azure/identity', () => {
  it('gets a token for a client secret and keeps it', async () => {
    const credential = secret(tenant.secrets.main.value);
    const first = await credential.getToken(graphScope);
    const seconds = (first.expiresOnTimestamp - Date.now()) / 1000;
    assert.ok(seconds > 3500 && seconds <= 3600, `expires in ${seconds} s`);
    assert.strictEqual((await credential.getToken(graphScope)).token, first.token);
  });

  it('gets a token for a certificate, with and without its chain', async () => {
    for (const sendCertificateChain of [false, true]) {
      const credential = new ClientCertificateCredential(
        tenant.tenant_id,
        tenant.client_id,
        { certificatePath: tenant.certificate_file },
        { sendCertificateChain },
      );
      assert.ok((await credential.getToken(graphScope)).token);
    }
  });

  it('gets a token without instance discovery', async () => {
    const credential = secret(tenant.secrets.main.value, { disableInstanceDiscovery: true });
    assert.ok((await credential.getToken(graphScope)).token);
  });

  it('gets a token for every API that the mock has', async () => {
    const credential = secret(tenant.secrets.main.value);
    for (const resource of [
      'https://manage.office.com',
      'https://outlook.office365.com',
      'https://management.azure.com',
      'https://api.securitycenter.microsoft.com',
      '05a65629-4c1b-48c1-a78b-804c4abdd4af',
    ]) {
      assert.ok((await credential.getToken(`${resource}/.default`)).token, resource);
    }
  });

  it('reports a wrong secret as its own kind of error', async () => {
    await assert.rejects(secret('wrong').getToken(graphScope), (error) => {
      assert.ok(error instanceof AuthenticationRequiredError);
      assert.match(error.message, /^invalid_client: .*7000215.*AADSTS7000215/);
      return true;
    });
  });
});
