import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client as PostgresClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR, customerToken, OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { type Client, connect } from '../../src/cli/client.ts';
import { newId, STREAMS } from '../../src/events/index.ts';
import { add, entryOf, orderCreated } from './other-service.ts';
import { ends, fillCart, placeOrder, reaches, shelve } from './shop.ts';
import { type SpawnedPanier, spawnPanier } from './spawned-panier.ts';
import { watchEverywhere } from './watch-order.ts';

const METHODS = [
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_chargeDeclinedInsufficientFunds',
  'pm_flaky',
  'pm_pending',
  'pm_card_authenticationRequired',
];
const UNKNOWN_METHOD = 'pm_that_no_provider_knows';
/** In events of others: kept in the event store as it came, and nowhere else. */
const THEIR_METHOD = 'pm_of_another_service';
const FORGED_TOKEN = `${OPERATOR_TOKEN.slice(0, -8)}forged_0`;
const TICKET = 'ticket_that_nobody_gave_out';

let directory: string;
let panier: SpawnedPanier;
let postgres: PostgresClient;
let redis: Redis;
let client: Client;
let visitorToken = '';
let clientSecret = '';

interface Asked {
  readonly query: string;
  readonly variables?: object;
}

const ask = async (asked: Asked, headers: Readonly<Record<string, string>> = AS_OPERATOR, search = '') => {
  const own = { 'content-type': 'application/json', ...headers };
  const body = JSON.stringify(asked);
  const response = await fetch(`${panier.url}/graphql${search}`, { method: 'POST', headers: own, body });
  return response.text();
};

const CHECK_OUT =
  'mutation ($input: CheckoutInput!) { checkout(input: $input) { __typename ... on UserError { message } } }';
const PAYMENT = 'query ($id: ID!) { order(id: $id) { payment { nextAction { clientSecret } } } }';

/** Orders by every method, watched in every lane, each with a key and again without. */
const placeOrders = async (): Promise<void> => {
  const productId = await shelve(client, 100);
  const place = (paymentMethod: string) =>
    placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod, idempotencyKey: newId('Event') });
  const [paid, declined, poor, flaky, pending, asking] = await Promise.all(METHODS.map(place));
  await watchEverywhere({ url: panier.url, client }, paid ?? '');
  for (const orderId of [declined, poor, flaky, pending]) await ends(client, orderId ?? '', 20_000);
  await eventually(async () => {
    const answer = await ask({ query: PAYMENT, variables: { id: asking } });
    clientSecret = /"clientSecret":"([^"]+)"/.exec(answer)?.[1] ?? '';
    expect(clientSecret).not.toBe('');
  });
  const cancel = 'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { __typename } }';
  await ask({ query: cancel, variables: { id: asking } });
  await reaches(client, asking ?? '', 'CANCELLED');
};

/** What clients do wrong, and what is wrong with servers. */
const makeMistakes = async (): Promise<void> => {
  const cartId = await fillCart(client, [{ productId: await shelve(client, 1), quantity: 1 }]);
  for (const paymentMethod of [UNKNOWN_METHOD, `${UNKNOWN_METHOD}\0`, [UNKNOWN_METHOD], { pm: UNKNOWN_METHOD }])
    await ask({ query: CHECK_OUT, variables: { input: { cartId, paymentMethod } } });
  await ask({ query: '{ __typename }' }, { authorization: `Bearer ${FORGED_TOKEN}` });
  await ask({ query: '{ __typename }' }, { authorization: FORGED_TOKEN, cookie: `panier=${FORGED_TOKEN}` });
  await ask({ query: '{ __typename }' }, {}, `?ticket=${TICKET}`);
  await fetch(`${panier.url}/graphql?ticket=${TICKET}`, { headers: { accept: 'text/event-stream' } });
  const socket = new WebSocket(`${panier.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.once('open', () => {
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${FORGED_TOKEN}` } }));
    setTimeout(() => socket.close(), 500);
  });
  await closed;
};

const sayOfOthers = async (): Promise<void> => {
  const order = entryOf(orderCreated(newId('Order'), newId('Product'), 1));
  const data = { ...(JSON.parse(order['data'] ?? '') as object), payment_method: THEIR_METHOD };
  await add(redis, STREAMS.orders, { ...order, data: JSON.stringify(data) });
  await add(redis, STREAMS.orders, { ...order, event_id: 'no id', data: JSON.stringify(data) });
};

/** Connections that break, and passwords that are right no more: drivers tell of both in their errors. */
const breakServers = async (): Promise<void> => {
  const administrator = new PostgresClient({ connectionString: panier.administratorUrl });
  await administrator.connect();
  await administrator.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'panier%'`,
  );
  await administrator.query(`alter role panier_audit password 'another'`);
  await administrator.end();
  await eventually(async () =>
    expect(await ask({ query: '{ products { pageInfo { hasNextPage } } }' })).toContain('false'),
  );
  await redis.call('ACL', 'SETUSER', 'panier_saga', 'resetpass', `>${newId('Event')}`);
  await redis.call('CLIENT', 'KILL', 'USER', 'panier_saga');
  await eventually(() => expect(panier.logs()).toMatch(/WRONGPASS/), 20_000);
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'panier-secrets-'));
  panier = await spawnPanier(join(directory, 'data'), TOKEN_ENVIRONMENT);
  postgres = new PostgresClient({ connectionString: panier.databaseUrl });
  await postgres.connect();
  redis = new Redis(panier.redisUrl);
  client = connect({ url: panier.url, token: OPERATOR_TOKEN });
  const visit = await ask({ query: 'mutation { startVisit { ... on Visit { token } } }' }, {});
  visitorToken = /"token":"([^"]+)"/.exec(visit)?.[1] ?? '';
  await ask({ query: '{ orders { __typename } }' }, { authorization: `Bearer ${visitorToken}` });
  await ask({ query: '{ orders { __typename } }' }, { authorization: `Bearer ${await customerToken('ann')}` });
  await placeOrders();
  await makeMistakes();
  await sayOfOthers();
}, 120_000);

afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await postgres.end();
  redis.disconnect();
  await panier[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const secrets = async (): Promise<readonly string[]> => {
  const tokens = [OPERATOR_TOKEN, FORGED_TOKEN, visitorToken, await customerToken('ann'), TICKET, clientSecret];
  const all = [...METHODS, UNKNOWN_METHOD, ...tokens, ...Object.values(TOKEN_ENVIRONMENT), ...panier.passwords];
  for (const secret of all) expect(secret.length).toBeGreaterThan(7);
  return all;
};

const found = (haystack: string, needles: readonly string[]) => needles.filter((needle) => haystack.includes(needle));

const rowsOf = async (table: string): Promise<string> => {
  const { rows } = await postgres.query<{ text: string }>(`select each::text as text from ${table} as each`);
  return rows.map(({ text }) => text).join('\n');
};

const TABLES = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname in ('write', 'saga', 'audit', 'bus', 'read', 'access', 'public') order by 1`;

describe('a run in which everything happens', () => {
  it('keeps no payment method once all charges are decided', async () => {
    await eventually(async () => expect(await rowsOf('write.payment_method')).toBe(''));
  });

  it('leaves no secret in a stream, an event, a journal, a dead letter or any other table', async () => {
    await eventually(async () => expect(await rowsOf('bus.dead_letter')).toContain('[payment method]'));
    await eventually(async () => expect(await rowsOf('audit.event_store')).toContain(THEIR_METHOD));
    const tables = (await postgres.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
    expect(tables.length).toBeGreaterThan(20);
    const needles = await secrets();
    for (const table of tables) expect([table, found(await rowsOf(table), needles)]).toEqual([table, []]);
    for (const stream of Object.values(STREAMS)) {
      const entries = JSON.stringify(await redis.xrange(stream, '-', '+'));
      expect([stream, found(entries, needles)]).toEqual([stream, []]);
    }
    expect(await rowsOf('bus.dead_letter')).not.toContain(THEIR_METHOD);
  });

  it('shows no payment method, whose events they may be', async () => {
    const events = await ask({ query: '{ events(last: 100) { edges { node { type data } } } }' });
    const letters = await ask({ query: '{ deadLetters { edges { node { error fields { name value } } } } }' });
    expect([events.includes('OrderCreated'), events.includes('"method_kind":"CARD"')]).toEqual([true, true]);
    expect(letters).toContain('no id');
    expect(found(events + letters, [...METHODS, THEIR_METHOD])).toEqual([]);
  });

  it('logs no payment method, no token, no ticket and no password', async () => {
    await breakServers();
    const logs = panier.logs();
    for (const told of ['"level":20', '"path":"/graphql"', 'task is put off', 'became a dead letter'])
      expect(logs).toContain(told);
    expect(found(logs, [...(await secrets()), THEIR_METHOD])).toEqual([]);
  });
});
