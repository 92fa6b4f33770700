'use strict';
// Usage: node run.js TENANT_SERVER OFFTENANT WORK_FOLDER
// Copies this folder to WORK_FOLDER, installs the libraries there and runs the tests of each folder
// that has a tenant.toml and tests, each with a mock tenant of its own: `served` has one of
// `offtenant serve`, which it reaches as users would; the others one to which all connections are
// turned.
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline');

const [server, offtenant, work] = process.argv.slice(2);
const tenantAge = '6h';
const installed = path.join(work, 'node_modules', '.installed');

function fail(...lines) {
  console.error(lines.join('\n'));
  process.exit(1);
}

const testsIn = (folder) =>
  fs.readdirSync(folder).filter((name) => name.endsWith('.test.js'));
const namesIn = (folder) => fs.readdirSync(folder).filter((name) => name !== 'node_modules');

/** The work folder becomes a copy of this one; what npm made there since an earlier run stays. */
function copySources() {
  fs.mkdirSync(work, { recursive: true });
  for (const name of namesIn(work)) {
    fs.rmSync(path.join(work, name), { recursive: true });
  }
  for (const name of namesIn(__dirname)) {
    fs.cpSync(path.join(__dirname, name), path.join(work, name), { recursive: true });
  }
}

/** npm ci, unless the very same packages are installed for this Node already. */
function install() {
  const lock = fs.readFileSync(path.join(work, 'package-lock.json'), 'utf8');
  const wanted = `${process.version}\n${lock}`;
  if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === wanted) {
    return;
  }
  const npm = spawnSync('npm', ['ci', '--prefer-offline', '--ignore-scripts'], {
    cwd: work,
    encoding: 'utf8',
    timeout: 120000,
  });
  if (npm.status !== 0) {
    fail(npm.error?.message ?? '', npm.stderr ?? '', `The client libraries could not be installed.
The test "clients" needs npm and, unless npm's cache has the packages, the npm registry.`);
  }
  fs.writeFileSync(installed, wanted);
}

const isServed = (folder) => path.basename(folder) === 'served';

function commandFor(folder) {
  const scenario = path.join(folder, 'tenant.toml');
  return isServed(folder)
    ? [offtenant, ['serve', scenario, '--listen', '127.0.0.1:0', '--offset', `-${tenantAge}`,
        '--state', path.join(folder, 'state'), '--json']]
    : [server, [scenario, folder, tenantAge]];
}

/** Starts a mock tenant; resolves to what it says of itself. */
function startTenant(folder) {
  const [program, args] = commandFor(folder);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the mock tenant ended with ${code}`)));
    readline
      .createInterface({ input: child.stdout })
      .once('line', (line) => resolve({ child, facts: JSON.parse(line) }));
  });
}

const wayTo = (folder, facts) =>
  isServed(folder)
    ? { HTTPS_PROXY: `http://${facts.address}` }
    : {
        NODE_OPTIONS: `--require=${JSON.stringify(path.join(work, 'loopback.js'))}`,
        OFFTENANT_PORT: String(facts.port),
      };

function runTests(folder, facts) {
  const child = spawn(process.execPath, ['--test', ...testsIn(folder)], {
    cwd: folder,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...wayTo(folder, facts),
      NODE_EXTRA_CA_CERTS: facts.ca_file,
      OFFTENANT_TENANT: JSON.stringify(facts),
    },
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

async function main() {
  copySources();
  install();
  let passed = true;
  for (const name of fs.readdirSync(work).sort()) {
    const folder = path.join(work, name);
    if (!fs.existsSync(path.join(folder, 'tenant.toml')) || testsIn(folder).length === 0) {
      continue;
    }
    const tenant = await startTenant(folder);
    passed = (await runTests(folder, tenant.facts)) && passed;
    tenant.child.removeAllListeners('exit');
    tenant.child.stdin.end(); // the end of one
    tenant.child.kill('SIGINT'); // and of the other
  }
  process.exitCode = passed ? 0 : 1;
}

main().catch((error) => fail(String(error)));
