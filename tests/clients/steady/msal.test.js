'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const fs = require('node:fs');
const https = require('node:https');
const { describe, it, mock } = require('node:test');

const { AuthError, ConfidentialClientApplication, ServerError } = require('@azure/msal-node');
const tenant = require('../tenant.js');

const graphScope = 'https://graph.microsoft.com/.default';
const login = 'https://login.microsoftonline.com';
const pem = fs.readFileSync(tenant.certificate_file, 'utf8');

function application(credential, more = {}) {
  return new ConfidentialClientApplication({
    auth: {
      clientId: tenant.client_id,
      authority: `${login}/${tenant.tenant_id}`,
      ...credential,
      ...more,
    },
  });
}

const bySecret = (name = 'main') => ({ clientSecret: tenant.secrets[name].value });
const certificate = () => new crypto.X509Certificate(pem);
const byCertificate = (thumbprint) => ({
  clientCertificate: { ...thumbprint, privateKey: pem, x5c: certificate().toString() },
});
const hex = (fingerprint) => fingerprint.replaceAll(':', '');
const ask = (app, more = {}) =>
  app.acquireTokenByClientCredential({ scopes: [graphScope], ...more });
const claimsOf = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'));

describe('msal-node', () => {
  it('gets a token for a client secret, with the roles that were granted', async () => {
    const answer = await ask(application(bySecret()));
    const claims = claimsOf(answer.accessToken);
    assert.strictEqual(answer.tokenType, 'Bearer');
    assert.strictEqual(claims.aud, 'https://graph.microsoft.com');
    assert.strictEqual(claims.appid, tenant.client_id);
    assert.strictEqual(claims.tid, tenant.tenant_id);
    assert.strictEqual(claims.appidacr, '1');
    assert.ok(claims.roles.includes('SecurityAlert.Read.All'));
    const seconds = (answer.expiresOn - Date.now()) / 1000;
    assert.ok(seconds > 3500 && seconds <= 3600, `expires in ${seconds} s`);
  });

  it('accepts every valid secret of the app', async () => {
    assert.ok((await ask(application(bySecret('second')))).accessToken);
  });

  it('gets a token for a certificate: PS256 with x5t#S256, and RS256 with x5t', async () => {
    const { fingerprint, fingerprint256 } = certificate();
    for (const thumbprint of [
      { thumbprintSha256: hex(fingerprint256) },
      { thumbprint: hex(fingerprint) },
    ]) {
      const answer = await ask(application(byCertificate(thumbprint)));
      assert.strictEqual(claimsOf(answer.accessToken).appidacr, '2');
    }
  });

  it('accepts the tenant by its domain', async () => {
    const authority = `${login}/${tenant.domain}`;
    const answer = await ask(application(bySecret(), { authority }));
    assert.strictEqual(claimsOf(answer.accessToken).tid, tenant.tenant_id);
  });

  it('keeps the token in its cache, one for each resource', async () => {
    const app = application(bySecret());
    const first = await ask(app);
    const again = await ask(app);
    assert.strictEqual(again.fromCache, true);
    assert.strictEqual(again.accessToken, first.accessToken);
    const other = await ask(app, { scopes: ['https://manage.office.com/.default'] });
    assert.strictEqual(other.fromCache, false);
    assert.strictEqual(claimsOf(other.accessToken).aud, 'https://manage.office.com');
    assert.notStrictEqual((await ask(app, { skipCache: true })).accessToken, first.accessToken);
  });

  it('reads the instance and OpenID documents where it does not trust its own', async () => {
    const seen = [];
    const request = https.request;
    const spy = mock.method(https, 'request', (...args) => {
      seen.push(String(args[0].href ?? args[0]));
      return request(...args);
    });
    const more = { skipAuthorityMetadataCache: true };
    const answer = await ask(application(bySecret(), more));
    spy.mock.restore();
    assert.ok(answer.accessToken);
    assert.ok(seen.some((url) => url.includes('/common/discovery/instance?')), seen.join('\n'));
    assert.ok(seen.some((url) => url.includes('/v2.0/.well-known/openid-configuration')));
  });

  for (const [what, credential, code] of [
    ['a wrong secret', { clientSecret: 'not-a-secret-of-this-app' }, 7000215],
    ['a pasted Secret ID', { clientSecret: tenant.secrets.main?.id }, 7000215],
    ['an unknown app', { ...bySecret(), clientId: crypto.randomUUID() }, 700016],
    ['a tenant that is none', { ...bySecret(), authority: `${login}/${crypto.randomUUID()}` }, 90002],
  ]) {
    it(`reports ${what} as AADSTS${code}`, async () => {
      await assert.rejects(ask(application({}, credential)), (error) => {
        assert.ok(error instanceof ServerError);
        assert.ok(error instanceof AuthError);
        assert.strictEqual(Number(error.errorNo), code);
        assert.ok(error.errorMessage.includes(`AADSTS${code}`));
        assert.ok(error.correlationId);
        return true;
      });
    });
  }

  it('reports a certificate that is not on the app as AADSTS700027', async () => {
    const thumbprintSha256 = crypto.createHash('sha256').update('another').digest('hex');
    await assert.rejects(ask(application(byCertificate({ thumbprintSha256 }))), (error) => {
      assert.strictEqual(error.errorCode, 'invalid_client');
      assert.strictEqual(Number(error.errorNo), 700027);
      return true;
    });
  });

  it('reports a scope that is no /.default as AADSTS1002012', async () => {
    const scopes = ['https://graph.microsoft.com/User.Read.All'];
    await assert.rejects(ask(application(bySecret()), { scopes }), (error) => {
      assert.strictEqual(error.errorCode, 'invalid_scope');
      assert.strictEqual(Number(error.errorNo), 1002012);
      return true;
    });
  });

  it('gets tokens that verify against the published keys', async () => {
    const { accessToken } = await ask(application(bySecret()));
    const [head, body, signature] = accessToken.split('.');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url'));
    const answer = await fetch(`${login}/${tenant.tenant_id}/discovery/v2.0/keys`);
    const jwk = (await answer.json()).keys.find((key) => key.kid === kid);
    const key = crypto.createPublicKey({ key: jwk, format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    assert.ok(crypto.verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, bytes));
  });
});
