// The peer: the package that Belfry's API comes from, behind express. Whatever it asks of a portal is answered from memory, at
// once and with yes: no token is verified, no policy is looked at. That is in its favour.
'use strict';

const express = require('express');
const { ConfigReader } = require('@backstage/config');
const { createRouter } = require('@janus-idp/plugin-notifications-backend');

const USERS = 1000;
const GROUPS = 50;
const GROUPS_OF_JOINER = 30;
const READERS = new Set(['guest', 'heavy', 'unread', 'flat', 'joiner']);

const port = Number(process.env.PORT);
const teams = numbers => numbers.map(number => `team-${number % GROUPS}`);

function memberOf(name) {
  if (name === 'joiner') return teams([...Array(GROUPS_OF_JOINER).keys()]);
  if (READERS.has(name)) return [];
  const user = /^u(\d+)$/.exec(name);
  return user && Number(user[1]) < USERS ? teams([1, 2, 3].map(times => times * Number(user[1]))) : undefined;
}

function entity(kind, name) {
  if (kind.toLowerCase() === 'group') {
    return /^team-\d+$|^all-hands$/.test(name) ? { kind: 'Group', metadata: { name, namespace: 'default' }, spec: {} } : undefined;
  }
  const groups = memberOf(name);
  return groups && { kind: 'User', metadata: { name, namespace: 'default' }, spec: { memberOf: groups } };
}

async function main() {
  const silent = { info() {}, debug() {}, warn: console.warn, error: console.error, child: () => silent };
  const address = async plugin => `http://127.0.0.1:${port}/api/${plugin}`;
  const router = await createRouter({
    logger: silent,
    config: new ConfigReader({
      backend: {
        database: {
          client: 'pg',
          connection: {
            host: '127.0.0.1', port: Number(process.env.PGPORT), user: 'postgres', database: process.env.PGDATABASE,
          },
          knexConfig: { pool: { min: 3, max: 12 } },
        },
      },
    }),
    database: { getClient: async () => ({ destroy() {} }) },
    discovery: { getBaseUrl: address, getExternalBaseUrl: address },
    identity: {
      getIdentity: async ({ request }) => {
        const user = request.header('x-user');
        return user && { identity: { userEntityRef: `user:${user}` } };
      },
    },
    permissions: { authorize: async asked => asked.map(() => ({ result: 'ALLOW' })) },
    tokenManager: { authenticate: async () => {} },
  });

  const app = express();
  app.get('/api/catalog/entities/by-name/:kind/:namespace/:name', (request, response) => {
    const found = entity(request.params.kind, request.params.name);
    if (found) response.json(found);
    else response.sendStatus(404);
  });
  app.use('/api/notifications', router);
  app.use((error, request, response, next) => response.status(500).json({ error: String(error.message || error) }));
  app.listen(port, '127.0.0.1', () => console.log('listening'));
}

main();
