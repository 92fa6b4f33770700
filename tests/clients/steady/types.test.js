'use strict';
// The mock's answers, written out as TypeScript of Microsoft's own types, must compile.
const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { before, describe, it } = require('node:test');

const { graphClient } = require('../graph_client.js');

const client = graphClient();
const prologue = "import * as graph from '@microsoft/microsoft-graph-types';\n";

/** Members of v1.0 since 2025-10 (investigationState) and 2026 that the published types lack. */
const newerThanTheTypes = {
  Alert: ['categories', 'investigationState'],
  Incident: ['priorityScore'],
};

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

/** An expression that compiles if the literal fits the type: no unknown member, no unknown word. */
function declare(type, value) {
  const literal = withoutControlInformation(value);
  for (const name of newerThanTheTypes[type] ?? []) {
    delete literal[name];
  }
  return `((): graph.SecurityNamespace.${type} => (${JSON.stringify(literal)}))();\n`;
}

function typeOfEvidence(evidence) {
  const name = evidence['@odata.type'].split('.').pop();
  return name[0].toUpperCase() + name.slice(1);
}

/** An alert's evidence is checked by itself: its declared type is only the common base. */
const declareAlert = (alert) =>
  declare('Alert', { ...alert, evidence: [] }) +
  alert.evidence.map((evidence) => declare(typeOfEvidence(evidence), evidence)).join('');

/** What the compiler says of each file, by the file's name. */
function compile(sources) {
  const files = Object.keys(sources).map((name) => path.join(__dirname, name));
  files.forEach((file) => fs.writeFileSync(file, prologue + sources[path.basename(file)]));
  const tsc = require.resolve('typescript/bin/tsc');
  const options = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022'];
  let output = '';
  try {
    execFileSync(process.execPath, [tsc, ...options, '--module', 'commonjs', ...files], {
      cwd: __dirname,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
  } catch (error) {
    output = error.stdout;
  }
  const lines = output.split('\n').filter((line) => line !== '');
  return (name) => lines.filter((line) => line.includes(name)).join('\n');
}

describe('microsoft-graph-types', () => {
  let errorsIn;

  before(async () => {
    const alerts = (await client.api('/security/alerts_v2').get()).value;
    const incidents = (await client.api('/security/incidents').get()).value;
    const hunted = await client
      .api('/security/runHuntingQuery')
      .post({ Query: 'UrlClickEvents | project Timestamp, Url, IsClickedThrough | take 2' });
    assert.ok(alerts.length > 0 && incidents.length > 0 && hunted.results.length === 2);
    errorsIn = compile({
      'alerts.ts': alerts.map(declareAlert).join(''),
      'incidents.ts': incidents.map((incident) => declare('Incident', incident)).join(''),
      'hunted.ts': declare('HuntingQueryResults', { ...hunted, results: [{}, {}] }),
      'unknown_member.ts': declare('Alert', { id: '1', severitee: 'high' }),
      'unknown_word.ts': declare('Alert', { id: '1', severity: 'dreadful' }),
    });
  });

  for (const name of ['alerts.ts', 'incidents.ts', 'hunted.ts']) {
    it(`fit the mock's ${name.replace('.ts', '')}`, () => {
      assert.strictEqual(errorsIn(name), '');
    });
  }

  it('would refuse an unknown member, and an unknown word', () => {
    assert.match(errorsIn('unknown_member.ts'), /severitee/);
    assert.match(errorsIn('unknown_word.ts'), /dreadful/);
  });
});
