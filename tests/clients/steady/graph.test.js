'use strict';
const assert = require('node:assert');
const { describe, it } = require('node:test');

const { GraphError, PageIterator } = require('@microsoft/microsoft-graph-client');
const { graphClient } = require('../graph_client.js');

const client = graphClient();
const alertCount = 16; // of tenant.toml: five people, three links, and one click in Teams
const incidentCount = 4; // three mails and one chat

/** All items of a collection, by the client's own paging; also how many pages there were. */
async function collect(path, configure = (request) => request) {
  const first = await configure(client.api(path)).get();
  const items = [];
  let pages = 1;
  let response = first;
  while (response['@odata.nextLink']) {
    response = await client.api(response['@odata.nextLink']).get();
    pages += 1;
  }
  const iterator = new PageIterator(client, first, (item) => items.push(item) > 0);
  await iterator.iterate();
  assert.ok(iterator.isComplete());
  return { items, pages };
}

const distinct = (items) => new Set(items.map((item) => item.id)).size;

describe('microsoft-graph-client', () => {
  it('iterates over all alerts, page by page', async () => {
    const { items, pages } = await collect('/security/alerts_v2');
    assert.strictEqual(pages, 3);
    assert.strictEqual(items.length, alertCount);
    assert.strictEqual(distinct(items), alertCount);
  });

  it('iterates over all incidents, page by page, with their alerts expanded', async () => {
    const { items, pages } = await collect('/security/incidents', (request) =>
      request.expand('alerts'));
    assert.strictEqual(pages, 2);
    assert.strictEqual(distinct(items), incidentCount);
    const inside = items.flatMap((incident) => incident.alerts);
    assert.strictEqual(distinct(inside), alertCount);
  });

  it('stops and resumes an iteration', async () => {
    const first = await client.api('/security/alerts_v2').get();
    let seen = 0;
    const iterator = new PageIterator(client, first, () => (seen += 1) % 10 !== 0);
    await iterator.iterate();
    assert.strictEqual(seen, 10);
    await iterator.resume();
    assert.strictEqual(seen, alertCount);
  });

  it('filters, orders, counts and cuts', async () => {
    const answer = await client
      .api('/security/alerts_v2')
      .filter("serviceSource eq 'microsoftDefenderForOffice365' and status eq 'new'")
      .orderby('createdDateTime asc')
      .top(3)
      .count(true)
      .get();
    assert.strictEqual(answer['@odata.count'], alertCount - 1);
    assert.strictEqual(answer.value.length, 3);
    const times = answer.value.map((alert) => Date.parse(alert.createdDateTime));
    assert.deepStrictEqual(times, [...times].sort());
    assert.ok(answer['@odata.nextLink']);
  });

  it('selects members, and skips', async () => {
    const answer = await client
      .api('/security/alerts_v2')
      .select(['id', 'title'])
      .skip(alertCount - 2)
      .get();
    assert.strictEqual(answer.value.length, 2);
    assert.deepStrictEqual(Object.keys(answer.value[0]).sort(), ['id', 'title']);
  });

  it('filters by time', async () => {
    const since = new Date(Date.now() - 4.75 * 3600e3).toISOString();
    const { items } = await collect('/security/alerts_v2', (request) =>
      request.filter(`lastUpdateDateTime ge ${since}`));
    assert.ok(items.length > 0 && items.length < alertCount, `${items.length} alerts`);
    assert.ok(items.every((alert) => Date.parse(alert.lastUpdateDateTime) >= Date.parse(since)));
  });

  it('reads one alert, and the raw answer with its headers', async () => {
    const [some] = (await client.api('/security/alerts_v2').top(1).get()).value;
    const alert = await client.api(`/security/alerts_v2/${some.id}`).get();
    assert.strictEqual(alert.id, some.id);
    assert.ok(alert['@odata.context'].endsWith('#security/alerts_v2/$entity'));
    const raw = await client.api(`/security/alerts_v2/${some.id}`).responseType('raw').get();
    assert.strictEqual(raw.status, 200);
    assert.match(raw.headers.get('content-type'), /^application\/json;odata\.metadata=minimal/);
    assert.match(raw.headers.get('request-id'), /^[0-9a-f-]{36}$/);
    assert.ok(Math.abs(Date.parse(raw.headers.get('date')) - Date.now()) < 60e3);
  });

  it('reads the beta version of the same', async () => {
    const answer = await client.api('/security/alerts_v2').version('beta').top(1).get();
    assert.strictEqual(answer.value.length, 1);
    assert.match(answer['@odata.context'], /\/beta\/\$metadata#security\/alerts_v2$/);
  });

  it('runs a hunting query', async () => {
    const answer = await client.api('/security/runHuntingQuery').post({
      Query: 'UrlClickEvents | summarize Clicks = count() by Workload | order by Workload asc',
      Timespan: 'P1D',
    });
    assert.deepStrictEqual(answer.schema.map((column) => column.name), ['Workload', 'Clicks']);
    assert.deepStrictEqual(
      answer.results.map((row) => [row.Workload, row.Clicks]),
      [['Email', 16], ['Teams', 1]],
    );
  });

  for (const [what, request, status, code, message] of [
    ['an unknown alert', (api) => api('/security/alerts_v2/nothing').get(), 404,
      'ResourceNotFound', /./],
    ['an unknown path', (api) => api('/security/nothing').get(), 400, 'BadRequest',
      /Resource not found for the segment 'nothing'/],
    ['too large a page', (api) => api('/security/incidents').top(100).get(), 400, '',
      /limit of '50' for Top query has been exceeded.*'100'/],
    ['an unknown member in a filter', (api) => api('/security/alerts_v2').filter("x eq 'y'").get(),
      400, 'BadRequest', /Invalid filter clause/],
    ['an unknown table', (api) =>
      api('/security/runHuntingQuery').post({ Query: 'Nothing | take 1' }), 400, 'BadRequest',
      /Failed to resolve table or column expression named 'Nothing'/],
    ['a write without the role', (api) =>
      api('/security/alerts_v2/any').patch({ status: 'resolved' }), 403, 'Forbidden',
      /Missing application roles\. API required roles: SecurityAlert\.ReadWrite\.All/],
  ]) {
    it(`reports ${what} as a GraphError`, async () => {
      await assert.rejects(request((path) => client.api(path)), (error) => {
        assert.ok(error instanceof GraphError);
        assert.strictEqual(error.statusCode, status);
        assert.match(error.message, message);
        if (code) {
          assert.strictEqual(error.code, code);
        }
        assert.match(error.requestId, /^[0-9a-f-]{36}$/);
        assert.ok(error.date instanceof Date);
        return true;
      });
    });
  }
});
