import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { AddCartItemDocument, accepted, CartDocument, type Client, RequestFailed } from '../../src/cli/client.ts';
import { expectSound } from '../e2e/invariants.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { fillCart, shelve } from '../e2e/shop.ts';
import { asOwner, nameOf } from './owner.ts';

let database: TestDatabase;
let panier: TestPanier;
let client: Client;
let productId: string;
const resources = new AsyncDisposableStack();

beforeAll(async () => {
  database = resources.use(await testDatabase());
  panier = resources.use(await startPanier({}, database));
  client = panier.client();
  productId = await shelve(client, 100);
});
afterAll(() => resources.disposeAsync());

const ready = async () => {
  const response = await fetch(new URL('/health/ready', panier.url));
  return { status: response.status, checks: ((await response.json()) as { checks: Record<string, boolean> }).checks };
};

const said = (request: Promise<unknown>): Promise<unknown> =>
  request.catch((error: unknown) => (error instanceof RequestFailed ? error.codes[0] : error));

const add = (cartId: string): Promise<unknown> => {
  const input = { cartId, productId, quantity: 1, idempotencyKey: `the one of ${cartId}` };
  return said(client.request(AddCartItemDocument, { input }).then((answer) => accepted(answer.addCartItem).totalItems));
};

const read = (id: string): Promise<unknown> =>
  said(client.request(CartDocument, { id }).then(({ cart }) => cart?.totalItems ?? 0));

/** Each service comes as itself. */
const roleOf = (service: 'commands' | 'read'): string => `panier_${nameOf(database.url)}_${service}`;

const WRITTEN = { service: 'commands', check: 'commands', ask: add, after: 1 } as const;
const READ = { service: 'read', check: 'postgresql', ask: read, after: 0 } as const;

const TAKEN = [
  {
    name: 'no more to be written',
    table: 'write.journal',
    harm: 'revoke insert on',
    mend: 'grant insert on',
    ...WRITTEN,
  },
  {
    name: 'no more to be written',
    table: 'write.outbox',
    harm: 'revoke insert on',
    mend: 'grant insert on',
    ...WRITTEN,
  },
  {
    name: 'no more to be written',
    table: 'write.idempotency',
    harm: 'revoke insert on',
    mend: 'grant insert on',
    ...WRITTEN,
  },
  { name: 'no more to be read', table: 'write.journal', harm: 'revoke select on', mend: 'grant select on', ...WRITTEN },
  { name: 'no more to be read', table: 'read.cart', harm: 'revoke select on', mend: 'grant select on', ...READ },
].map((each) => ({
  ...each,
  harm: () => `${each.harm} ${each.table} from ${roleOf(each.service)}`,
  mend: () => `${each.mend} ${each.table} to ${roleOf(each.service)}`,
}));

const HIDDEN = [
  { table: 'write.journal', ...WRITTEN },
  { table: 'write.idempotency', ...WRITTEN },
  { table: 'read.cart', ...READ },
].map((each) => ({
  ...each,
  name: 'hidden by row security',
  harm: () => `alter table ${each.table} enable row level security`,
  mend: () => `alter table ${each.table} disable row level security`,
}));

describe('what was allowed at the start', () => {
  it.each([...TAKEN, ...HIDDEN])(
    'of $table is $name, who asks is told UNAVAILABLE, it is told, and all goes on after',
    async ({ harm, mend, ask, check, after }) => {
      const cartId = await fillCart(client, []);
      await eventually(async () => expect(await read(cartId)).toBe(0));
      await asOwner(database.url, harm());
      const tookMs = await ownMs(async () => expect(await ask(cartId)).toBe('UNAVAILABLE'));
      expect(tookMs).toBeLessThan(5_000);
      await eventually(
        async () => expect(await ready()).toMatchObject({ status: 503, checks: { [check]: false } }),
        5_000,
      );
      await asOwner(database.url, mend());
      await eventually(async () => expect((await ready()).status).toBe(200), 10_000);
      expect(await ask(cartId)).toBe(after);
      await expectSound(panier.db);
    },
    60_000,
  );
});
