import type { Redis } from 'ioredis';
import { Client as PostgresClient } from 'pg';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR, customerToken, OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import type { Client } from '../../src/cli/client.ts';
import { newId, STREAMS } from '../../src/events/index.ts';
import { add, entryOf, orderCreated } from './other-service.ts';
import { ends, fillCart, placeOrder, reaches, shelve } from './shop.ts';
import type { SpawnedPanier } from './spawned-panier.ts';
import { watchEverywhere } from './watch-order.ts';

export interface Stage {
  readonly panier: SpawnedPanier;
  readonly redis: Redis;
  readonly client: Client;
}

export const METHODS = [
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_card_chargeDeclinedInsufficientFunds',
  'pm_flaky',
  'pm_pending',
  'pm_card_authenticationRequired',
];
const UNKNOWN_METHOD = 'pm_that_no_provider_knows';
/** In events of others: kept in the event store as it came, and nowhere else. */
export const THEIR_METHOD = 'pm_of_another_service';
const FORGED_TOKEN = `${OPERATOR_TOKEN.slice(0, -8)}forged_0`;
const TICKET = 'ticket_that_nobody_gave_out';

interface Asked {
  readonly query: string;
  readonly variables?: object;
}

interface As {
  readonly headers?: Readonly<Record<string, string>>;
  readonly search?: string;
}

export const ask = async ({ panier }: Stage, asked: Asked, { headers = AS_OPERATOR, search = '' }: As = {}) => {
  const own = { 'content-type': 'application/json', ...headers };
  const body = JSON.stringify(asked);
  return (await fetch(`${panier.url}/graphql${search}`, { method: 'POST', headers: own, body })).text();
};

const textOf = (name: string, answer: string): string => new RegExp(`"${name}":"([^"]+)"`).exec(answer)?.[1] ?? '';

const bearing = (token: string): As => ({ headers: { authorization: `Bearer ${token}` } });

/** Everybody comes once. Returns the tokens that they came with. */
const signIn = async (stage: Stage): Promise<readonly string[]> => {
  const start = { query: 'mutation { startVisit { ... on Visit { token } } }' };
  const tokens = [textOf('token', await ask(stage, start, { headers: {} })), await customerToken('ann')];
  for (const token of tokens)
    expect(await ask(stage, { query: '{ orders { __typename } }' }, bearing(token))).toContain('OrderConnection');
  return [...tokens, OPERATOR_TOKEN];
};

/** A browser's event stream, by a ticket in its URL. Returns one that was used, and one that was not. */
const useTickets = async (stage: Stage): Promise<readonly string[]> => {
  const issue = { query: 'mutation { streamTicket { ... on StreamTicket { ticket } } }' };
  const tickets = [textOf('ticket', await ask(stage, issue)), textOf('ticket', await ask(stage, issue))];
  const search = new URLSearchParams({ query: '{ orders { __typename } }', ticket: tickets[0] ?? '' });
  const stream = await fetch(`${stage.panier.url}/graphql?${search}`, { headers: { accept: 'text/event-stream' } });
  expect(await stream.text()).toContain('OrderConnection');
  return tickets;
};

const PAYMENT = 'query ($id: ID!) { order(id: $id) { payment { nextAction { clientSecret } } } }';
const CANCEL = 'mutation ($id: ID!) { cancelOrder(input: { orderId: $id }) { __typename } }';

/** Orders by every method, one of them watched in every lane. Returns what its customer needs for the one that asks. */
const placeOrders = async (stage: Stage): Promise<string> => {
  const { client, panier } = stage;
  const productId = await shelve(client, 100);
  const place = (paymentMethod: string) =>
    placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod, idempotencyKey: newId('Event') });
  const [paid = '', declined = '', poor = '', flaky = '', pending = '', asking = ''] = await Promise.all(
    METHODS.map(place),
  );
  await watchEverywhere({ url: panier.url, client }, paid);
  for (const orderId of [declined, poor, flaky, pending]) await ends(client, orderId, 20_000);
  const clientSecret = await eventually(async () => {
    const secret = textOf('clientSecret', await ask(stage, { query: PAYMENT, variables: { id: asking } }));
    expect(secret).not.toBe('');
    return secret;
  });
  await ask(stage, { query: CANCEL, variables: { id: asking } });
  await reaches(client, asking, 'CANCELLED');
  return clientSecret;
};

const CHECK_OUT = 'mutation ($input: CheckoutInput!) { checkout(input: $input) { ... on UserError { message } } }';

/** What clients do wrong. */
const makeMistakes = async (stage: Stage): Promise<void> => {
  const { client, panier } = stage;
  const cartId = await fillCart(client, [{ productId: await shelve(client, 1), quantity: 1 }]);
  for (const paymentMethod of [UNKNOWN_METHOD, `${UNKNOWN_METHOD}\0`, [UNKNOWN_METHOD], { pm: UNKNOWN_METHOD }])
    expect(await ask(stage, { query: CHECK_OUT, variables: { input: { cartId, paymentMethod } } })).not.toContain(
      'pm_',
    );
  const query = '{ __typename }';
  await ask(stage, { query }, bearing(FORGED_TOKEN));
  await ask(stage, { query }, { headers: { authorization: FORGED_TOKEN, cookie: `panier=${FORGED_TOKEN}` } });
  await ask(stage, { query }, { headers: {}, search: `?ticket=${TICKET}` });
  await fetch(`${panier.url}/graphql?ticket=${TICKET}`, { headers: { accept: 'text/event-stream' } });
  const socket = new WebSocket(`${panier.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const payload = bearing(FORGED_TOKEN).headers;
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload })));
  await closed;
};

/** An order of another service, which can be read, and again, so that it cannot. */
const sayOfOthers = async ({ redis }: Stage): Promise<void> => {
  const order = entryOf(orderCreated(newId('Order'), newId('Product'), 1));
  const data = { ...(JSON.parse(order['data'] ?? '') as object), payment_method: THEIR_METHOD };
  await add(redis, STREAMS.orders, { ...order, data: JSON.stringify(data) });
  await add(redis, STREAMS.orders, { ...order, event_id: 'no id', data: JSON.stringify(data) });
};

/** Lets everything happen that has to do with a secret. Returns all secrets of panier, its services and clients. */
export const liveThroughAll = async (stage: Stage): Promise<readonly string[]> => {
  const tokens = [...(await signIn(stage)), ...(await useTickets(stage)), await placeOrders(stage)];
  await makeMistakes(stage);
  await sayOfOthers(stage);
  const keys = Object.values(TOKEN_ENVIRONMENT);
  const all = [...METHODS, UNKNOWN_METHOD, ...tokens, FORGED_TOKEN, TICKET, ...keys, ...stage.panier.passwords];
  for (const secret of all) expect(secret.length).toBeGreaterThan(7);
  return all;
};

const PRODUCTS = '{ products { pageInfo { hasNextPage } } }';

/** Connections that break, and passwords that are right no more: drivers tell of both in their errors. */
export const breakServers = async (stage: Stage): Promise<void> => {
  const { panier, redis } = stage;
  const administrator = new PostgresClient({ connectionString: panier.administratorUrl });
  await administrator.connect();
  await administrator.query(`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'panier%'`);
  await administrator.query(`alter role panier_audit password 'another'`);
  await administrator.end();
  await eventually(async () => expect(await ask(stage, { query: PRODUCTS })).toContain('false'));
  await redis.call('ACL', 'SETUSER', 'panier_saga', 'resetpass', `>${newId('Event')}`);
  await redis.call('CLIENT', 'KILL', 'USER', 'panier_saga');
  await eventually(() => expect(panier.logs()).toMatch(/WRONGPASS/), 20_000);
};
