'use strict';
// The Graph client as its documentation sets it up: a credential of @azure/identity behind it.
const { ClientSecretCredential } = require('@azure/identity');
const { Client } = require('@microsoft/microsoft-graph-client');
const {
  TokenCredentialAuthenticationProvider,
} = require('@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials');
const tenant = require('./tenant.js');

exports.graphClient = function (secret = 'main') {
  const credential = new ClientSecretCredential(
    tenant.tenant_id,
    tenant.client_id,
    tenant.secrets[secret].value,
  );
  return Client.initWithMiddleware({
    authProvider: new TokenCredentialAuthenticationProvider(credential, {
      scopes: ['https://graph.microsoft.com/.default'],
    }),
  });
};
