'use strict';
// Loaded before a client library: every connection to port 443 of any host goes to the mock, and
// nothing else leaves the process. TLS still verifies the name that the client asked for.
const dns = require('node:dns');
const net = require('node:net');

const mock = { host: '127.0.0.1', port: Number(process.env.OFFTENANT_PORT) };
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
  // net._normalizeArgs is what Node itself calls: [options, callback].
  const [options, callback] = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
  if (options.path || Number(options.port) !== 443) {
    const where = options.path || `${options.host}:${options.port}`;
    throw new Error(`a test may not connect to ${where}`);
  }
  const redirected = { ...options, ...mock, lookup: undefined };
  return callback ? connect.call(this, redirected, callback) : connect.call(this, redirected);
};

const loopback = { address: mock.host, family: 4 };

dns.lookup = (name, options, callback = options) =>
  process.nextTick(() =>
    options.all ? callback(null, [loopback]) : callback(null, loopback.address, loopback.family));
dns.promises.lookup = async (name, options) => (options?.all ? [loopback] : loopback);
