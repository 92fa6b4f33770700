'use strict';
const assert = require('node:assert');
const { describe, it } = require('node:test');

const { BatchResponseContent } = require('@microsoft/microsoft-graph-client');
const { graphClient } = require('../graph_client.js');

const client = graphClient();
const root = 'https://graph.microsoft.com/v1.0';

async function send(requests) {
  return new BatchResponseContent(await client.api('/$batch').post({ requests }));
}

describe('batches of microsoft-graph-client', () => {
  it('reads, queries and is refused in one batch, each part on its own', async () => {
    const batch = await send([
      { id: 'alerts', method: 'GET', url: '/security/alerts_v2?$top=2' },
      {
        id: 'query',
        method: 'POST',
        url: '/security/runHuntingQuery',
        headers: { 'Content-Type': 'application/json' },
        body: { Query: 'AlertInfo | take 1' },
      },
      { id: 'none', method: 'GET', url: '/security/alerts_v2/none' },
    ]);
    const alerts = await batch.getResponseById('alerts').json();
    assert.strictEqual(alerts.value.length, 2);
    assert.ok(alerts['@odata.nextLink'].startsWith(`${root}/security/alerts_v2?`));
    const query = await batch.getResponseById('query').json();
    assert.strictEqual(query.results.length, 1);
    assert.strictEqual(batch.getResponseById('none').status, 404);
  });

  it('does not ask what depends on a part that failed', async () => {
    const batch = await send([
      { id: '1', method: 'GET', url: '/security/alerts_v2/none' },
      { id: '2', method: 'GET', url: '/security/alerts_v2', dependsOn: ['1'] },
    ]);
    assert.strictEqual(batch.getResponseById('1').status, 404);
    assert.strictEqual(batch.getResponseById('2').status, 424);
  });
});
