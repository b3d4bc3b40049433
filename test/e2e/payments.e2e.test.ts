import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { accepted, CancelOrderDocument, type Client } from '../../src/cli/client.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

interface Payment {
  readonly status: string;
  readonly nextAction: { readonly url: string | null; readonly clientSecret: string | null } | null;
}

const QUERY = `query ($id: ID!, $atRevision: Int) {
  order(id: $id, atRevision: $atRevision) { payment { status nextAction { url clientSecret } } }
}`;

const paymentOf = async (id: string, atRevision: number | null = null): Promise<Payment | null> => {
  const body = JSON.stringify({ query: QUERY, variables: { id, atRevision } });
  const request = { method: 'POST', headers: { ...AS_OPERATOR, 'content-type': 'application/json' }, body };
  const { data } = (await (await fetch(`${panier.url}/graphql`, request)).json()) as {
    readonly data: { readonly order: { readonly payment: Payment | null } | null };
  };
  return data.order?.payment ?? null;
};

const order = async (paymentMethod: string): Promise<string> =>
  placeOrder(client, [{ productId: await shelve(client, 5), quantity: 1 }], { paymentMethod });

const secretOf = (id: string): Promise<string> =>
  eventually(async () => {
    const secret = (await paymentOf(id))?.nextAction?.clientSecret;
    expect(secret).toMatch(/^simulated_secret_order_/);
    return secret ?? '';
  });

const run = promisify(execFile);

/** `npm run authenticate`: its exit code and what it printed. */
const authenticate = async (...args: readonly string[]) => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(panier.db);
  const url = new URL(inject('postgresUrl'));
  url.pathname = rows[0]?.name ?? '';
  const env = { ...process.env, DATABASE_URL: url.href };
  try {
    const { stdout } = await run(process.execPath, ['src/cli/authenticate.ts', ...args], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stderr } = error as { readonly code: number; readonly stderr: string };
    return { code, output: stderr };
  }
};

describe('the payment of an order', () => {
  it('by a provider that there is not refuses the start in a sentence', async () => {
    const problem = 'PANIER_PAYMENT_PROVIDER: there is no "acme": give one of simulated, stripe.';
    await expect(startPanier({ paymentProvider: 'acme' })).rejects.toThrow(problem);
  });

  it('that is pending is shown so, and succeeds', async () => {
    const id = await order('pm_pending');
    await ends(client, id);
    expect(await paymentOf(id)).toEqual({ status: 'SUCCEEDED', nextAction: null });
    const types = (await orderOf(client, id)).steps.map(({ event }) => event.type);
    expect(types.at(-1)).toBe('OrderConfirmed');
    // It was for a moment only, which a look from time to time may miss.
    const pending = types.indexOf('PaymentPending') + 1;
    expect(await paymentOf(id, pending)).toEqual({ status: 'PENDING', nextAction: null });
  });

  it('that needs its customer says what to do, and is completed by them', async () => {
    const id = await order('pm_card_authenticationRequired');
    const secret = await secretOf(id);
    expect(await paymentOf(id)).toEqual({
      status: 'ACTION_REQUIRED',
      nextAction: { url: null, clientSecret: secret },
    });
    expect(await authenticate(secret)).toEqual({ code: 0, output: 'The payment is completed.\n' });
    await ends(client, id);
    expect((await orderOf(client, id)).status).toBe('CONFIRMED');
    const again = await authenticate(secret, '--refuse');
    expect([again.code, again.output.slice(0, 24)]).toEqual([1, 'No payment waits for its']);
  });

  it('that needs its customer ends the order when they refuse', async () => {
    const id = await order('pm_card_authenticationRequired');
    expect(await authenticate(await secretOf(id), '--refuse')).toEqual({
      code: 0,
      output: 'The payment is refused.\n',
    });
    await reaches(client, id, 'CANCELLED');
    expect((await orderOf(client, id)).failure).toMatchObject({ reason: 'PAYMENT_DECLINED' });
    expect(await paymentOf(id)).toEqual({ status: 'FAILED', nextAction: null });
  });

  it('that waits for its customer is not stuck, and is given up with its order', async () => {
    const id = await order('pm_card_authenticationRequired');
    await secretOf(id);
    const { rows } = await sql<{ isLater: boolean }>`
      select payable_until > now() as "isLater" from read."order" where id = ${id}`.execute(panier.db);
    expect(rows).toEqual([{ isLater: true }]);
    accepted((await client.request(CancelOrderDocument, { input: { orderId: id } })).cancelOrder);
    await eventually(async () => expect(await paymentOf(id)).toEqual({ status: 'FAILED', nextAction: null }));
    await expectSound(panier.db);
  });
});
