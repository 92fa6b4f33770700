'use strict';
// What the tests know of the tenant that run.js has started for them.
module.exports = JSON.parse(process.env.OFFTENANT_TENANT ?? '{}');
