import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { type Client, DeadLettersDocument, RequestFailed } from '../../src/cli/client.ts';
import type { Tables } from '../../src/database/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { fillCart, shelve, stands } from './shop.ts';

// Only the queries of dead letters read it while no delivery fails.
const TABLE = 'bus.dead_letter';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

/** Has a table to itself: whoever reads it waits, with the connection that it has. */
const whileLocked = <T>(table: string, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> =>
  panier.db.transaction().execute(async (tx) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(tx);
    return work(tx);
  });

/** How many wait for the table. */
const waiting = async (tx: Transaction<Tables>, table: string): Promise<number> => {
  const { rows } = await sql`select from pg_locks where relation = ${table}::regclass and not granted`.execute(tx);
  return rows.length;
};

const isConfirmed = async (tx: Transaction<Tables>, orderId: string): Promise<void> => {
  const events = tx.selectFrom('audit.event_store').select('type').where('aggregate_id', '=', orderId);
  expect((await events.execute()).map(({ type }) => type)).toContain('OrderConfirmed');
};

/** The order's id. Nothing is asked of it that only the read side knows. */
const checkOut = async (cartId: string): Promise<string> => {
  const query = `mutation ($input: CheckoutInput!) { checkout(input: $input) { ... on Order { id } } }`;
  const response = await fetch(`${panier.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { cartId, paymentMethod: 'pm_card_visa' } } }),
  });
  const { data } = (await response.json()) as { data: { checkout: { id: string } } };
  return data.checkout.id;
};

const outcomeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof RequestFailed ? error.codes : error),
  );

describe('queries that are stuck', () => {
  it('take no connection from commands and sagas; who is not answered in time is told UNAVAILABLE', async () => {
    const productId = await shelve(client, 5);
    await stands(client, productId, { available: 5, reserved: 0, sold: 0 });
    await whileLocked(TABLE, async (tx) => {
      const asked = Array.from({ length: 12 }, () => outcomeOf(client.request(DeadLettersDocument, { first: 1 })));
      await eventually(async () => expect(await waiting(tx, TABLE)).toBe(10));
      const orderId = await checkOut(await fillCart(client, [{ productId, quantity: 1 }]));
      await eventually(() => isConfirmed(tx, orderId));
      expect(await Promise.all(asked)).toEqual(asked.map(() => ['UNAVAILABLE']));
    });
    expect(await outcomeOf(client.request(DeadLettersDocument, { first: 1 }))).toBe('answered');
    await stands(client, productId, { available: 4, reserved: 0, sold: 1 });
  });
});
