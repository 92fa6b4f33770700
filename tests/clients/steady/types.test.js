'use strict';
// The mock's answers, written out as TypeScript of Microsoft's own types, must compile.
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { describe, it } = require('node:test');

const { graphClient } = require('../graph_client.js');

const client = graphClient();
const types = "import * as graph from '@microsoft/microsoft-graph-types';\n";

/** The type's own members: a member that no type has is an error, as a literal's would be. */
const rows = [
  ['/security/alerts_v2', 'graph.SecurityNamespace.Alert'],
  ['/security/incidents', 'graph.SecurityNamespace.Incident'],
];

/** Graph writes its control information beside the members; the types know none of it. */
function withoutControlInformation(value) {
  if (Array.isArray(value)) {
    return value.map(withoutControlInformation);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const members = Object.entries(value).filter(([name]) => !name.includes('@'));
  return Object.fromEntries(
    members.map(([name, member]) => [name, withoutControlInformation(member)]));
}

function evidenceType(evidence) {
  const name = evidence['@odata.type'].split('.').pop();
  return `graph.SecurityNamespace.${name[0].toUpperCase()}${name.slice(1)}`;
}

function compile(source) {
  const file = path.join(__dirname, 'answers.ts');
  fs.writeFileSync(file, source);
  const tsc = require.resolve('typescript/bin/tsc');
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--module', 'commonjs'];
  try {
    execFileSync(process.execPath, [tsc, ...options, file], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    return '';
  } catch (error) {
    return error.stdout;
  }
}

const declare = (type, items) =>
  items
    .map((item) => `((): ${type} => (${JSON.stringify(withoutControlInformation(item))}))();\n`)
    .join('');

describe('microsoft-graph-types', () => {
  it('describe every alert, incident and evidence of the mock', async () => {
    let source = types;
    for (const [address, type] of rows) {
      const { value } = await client.api(address).get();
      assert.ok(value.length > 0);
      for (const item of value) {
        source += (item.evidence ?? [])
          .map((evidence) => declare(evidenceType(evidence), [evidence]))
          .join('');
        source += declare(type, [{ ...item, ...(item.evidence && { evidence: [] }) }]);
      }
    }
    assert.strictEqual(compile(source), '');
  });

  it('describe a hunting result', async () => {
    const answer = await client
      .api('/security/runHuntingQuery')
      .post({ Query: 'UrlClickEvents | project Timestamp, Url, IsClickedThrough | take 2' });
    assert.strictEqual(answer.results.length, 2);
    const body = { ...answer, results: answer.results.map(() => ({})) };
    assert.strictEqual(compile(types + declare('graph.SecurityNamespace.HuntingQueryResults', [body])), '');
  });

  it('would refuse a member that no alert has, and a word that no enumeration has', () => {
    const wrong = [{ id: '1', severitee: 'high' }, { id: '1', severity: 'dreadful' }];
    const errors = compile(types + declare('graph.SecurityNamespace.Alert', wrong));
    assert.match(errors, /severitee/);
    assert.match(errors, /dreadful/);
  });
});
