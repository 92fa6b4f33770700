'use strict';
// The Management Activity API has no client library: this is how Node programs call it.
const assert = require('node:assert');
const { describe, it } = require('node:test');

const { ClientSecretCredential } = require('@azure/identity');
const tenant = require('../tenant.js');

const root = `https://manage.office.com/api/v1.0/${tenant.tenant_id}/activity/feed`;
const credential = new ClientSecretCredential(
  tenant.tenant_id,
  tenant.client_id,
  tenant.secrets.main.value,
);

async function send(url, options = {}) {
  const { token } = await credential.getToken('https://manage.office.com/.default');
  return fetch(url, { ...options, headers: { authorization: `Bearer ${token}` } });
}

describe('the Management Activity API by fetch', () => {
  it('starts a subscription once, and lists it', async () => {
    const start = `${root}/subscriptions/start?contentType=Audit.General`;
    const first = await send(start, { method: 'POST' });
    assert.strictEqual(first.status, 200);
    assert.strictEqual((await first.json()).status, 'enabled');
    const second = await send(start, { method: 'POST' });
    assert.strictEqual(second.status, 400);
    assert.strictEqual((await second.json()).error.code, 'AF20024');
    const listed = await (await send(`${root}/subscriptions/list`)).json();
    assert.deepStrictEqual(listed.map((one) => one.contentType), ['Audit.General']);
  });

  it('follows NextPageUri, and reads every blob, compressed', async () => {
    const blobs = [];
    let pages = 0;
    let url = `${root}/subscriptions/content?contentType=Audit.General`;
    while (url) {
      const answer = await send(url);
      assert.strictEqual(answer.status, 200);
      blobs.push(...(await answer.json()));
      pages += 1;
      url = answer.headers.get('NextPageUri');
    }
    assert.ok(pages > 1, `${pages} pages`);
    const records = [];
    const codings = new Set();
    for (const { contentUri } of blobs) {
      const answer = await send(contentUri);
      codings.add(answer.headers.get('content-encoding'));
      records.push(...(await answer.json()));
    }
    assert.ok(codings.has('gzip'), [...codings].join());
    const clicks = records.filter((record) => record.RecordType === 41);
    assert.ok(clicks.length > 0);
    assert.ok(clicks.every((click) => click.Workload === 'ThreatIntelligence'));
  });

  it('refuses a type without subscription, and a window of more than a day', async () => {
    const content = `${root}/subscriptions/content`;
    const none = await send(`${content}?contentType=Audit.Exchange`);
    assert.strictEqual((await none.json()).error.code, 'AF20022');
    const window = 'startTime=2026-01-01&endTime=2026-01-03';
    const long = await send(`${content}?contentType=Audit.General&${window}`);
    assert.strictEqual((await long.json()).error.code, 'AF20055');
  });
});
