import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client as PostgresClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFakeStripe } from '../../harness/stripe/index.ts';
import { eventually } from '../../harness/support/eventually.ts';
import { OPERATOR_TOKEN, TOKEN_ENVIRONMENT } from '../../harness/support/tokens.ts';
import { type Client, connect } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { ends, placeOrder, shelve } from './shop.ts';
import { type SpawnedPanier, spawnPanier } from './spawned-panier.ts';

const WITHIN_MS = 120_000;
const SECRET = 'whsec_that_nobody_may_see';
const SECRETS = [
  'sk_test_of_the_fake_stripe',
  SECRET,
  'pm_card_visa',
  'pm_card_chargeDeclined',
  'pm_success_sepaDebit',
  'pm_card_authenticationRequired',
  '_secret_',
];

let directory: string;
let stripe: Awaited<ReturnType<typeof openFakeStripe>>;
let panier: SpawnedPanier;
let client: Client;
let postgres: PostgresClient;

const REQUIRED = {
  ...TOKEN_ENVIRONMENT,
  PANIER_PAYMENT_PROVIDER: 'stripe',
  STRIPE_WEBHOOK_SECRET: SECRET,
  PANIER_CHARGE_BACKOFF_MS: '50',
};

/** Stripe answers with failures of its own, and none of its events arrives. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'panier-stripe-'));
  stripe = await openFakeStripe({ bankMs: 300 });
  const at = { STRIPE_SECRET_KEY: stripe.secretKey, STRIPE_API_BASE: stripe.url };
  panier = await spawnPanier(join(directory, 'data'), { ...REQUIRED, ...at });
  client = connect({ url: panier.url, token: OPERATOR_TOKEN });
  postgres = new PostgresClient({ connectionString: panier.administratorUrl });
  await postgres.connect();
}, WITHIN_MS);

afterAll(async () => {
  await postgres.end();
  await client[Symbol.asyncDispose]();
  await panier[Symbol.asyncDispose]();
  await stripe[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

const order = async (paymentMethod: string): Promise<string> =>
  placeOrder(client, [{ productId: await shelve(client, 5), quantity: 1 }], { paymentMethod });

const foundIn = (haystack: string) => SECRETS.filter((needle) => haystack.includes(needle));

const TABLES = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema') order by 1`;

const rowsOf = async (table: string): Promise<string> => {
  const { rows } = await postgres.query<{ text: string }>(`select each::text as text from ${table} as each`);
  return rows.map(({ text }) => text).join('\n');
};

describe('orders that are paid by a Stripe of which nothing is heard, and which fails', () => {
  it('come to their ends all the same, each charged once at most', async () => {
    for (const kind of ['error-before', 'error-after', 'lose-answer', 'rate-limit', 'conflict'] as const)
      stripe.controls.arm({ kind, path: 'confirm', times: 2 });
    stripe.controls.arm({ kind: 'error-after', path: 'refunds', times: 1 });
    const methods = ['pm_card_visa', 'pm_card_chargeDeclined', 'pm_success_sepaDebit', 'pm_card_visa'];
    const ids = await Promise.all(methods.map(order));
    const ended = await Promise.all(ids.map((id) => ends(client, id, 60_000)));
    expect(ended.map(({ status }) => status)).toEqual(['CONFIRMED', 'CANCELLED', 'CONFIRMED', 'CONFIRMED']);
    const charged = ids.map((id) => stripe.controls.books().filter(({ metadata }) => metadata['order_id'] === id));
    expect(charged.map((books) => books.reduce((sum, each) => sum + each.charged, 0))).toEqual([
      1_250, 0, 1_250, 1_250,
    ]);
  });

  it('leave no secret, and no reference to a payment method, in a table, a stream or a log', async () => {
    const waiting = await order('pm_card_authenticationRequired');
    const query = { query: `{ order(id: "${waiting}") { payment { nextAction { clientSecret } } } }` };
    const headers = { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' };
    const shown = async () =>
      (await fetch(`${panier.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(query) })).text();
    await eventually(async () => expect(await shown()).toContain('_secret_'));
    await eventually(async () => expect(await rowsOf('write.payment_method')).not.toContain('pm_card_visa'));
    const tables = (await postgres.query<{ name: string }>(TABLES)).rows.map(({ name }) => name);
    // Until its charge is decided, the reference of the one that waits is kept there, and nowhere else.
    for (const table of tables.filter((name) => name !== 'write.payment_method'))
      expect([table, foundIn(await rowsOf(table))]).toEqual([table, []]);
    const redis = new Redis(panier.redisUrl);
    for (const stream of Object.values(STREAMS))
      expect([stream, foundIn(JSON.stringify(await redis.xrange(stream, '-', '+')))]).toEqual([stream, []]);
    redis.disconnect();
    const logs = panier.logs();
    for (const told of ['task is put off', 'Stripe answered 500']) expect(logs).toContain(told);
    expect(foundIn(logs)).toEqual([]);
  });
});

describe('a panier that is to be paid by Stripe', () => {
  it('does not start without its secrets, and says which', async () => {
    const { STRIPE_WEBHOOK_SECRET: _, ...without } = REQUIRED;
    const starting = spawnPanier(join(directory, 'none'), without);
    await expect(starting).rejects.toThrow(/needs STRIPE_SECRET_KEY[^]*needs STRIPE_WEBHOOK_SECRET/);
  });
});
