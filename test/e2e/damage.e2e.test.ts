import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import type { Config } from '../../src/platform/index.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, shelve, stands } from './shop.ts';

const STREAMS = ['carts', 'orders', 'payments', 'inventory'].map((name) => `ecommerce.${name}.events`);

interface Group {
  readonly stream: string;
  readonly name: string;
}

const groupsOf = async ({ redis }: TestPanier): Promise<readonly Group[]> => {
  const all: Group[] = [];
  for (const stream of STREAMS) {
    const groups = (await redis.xinfo('GROUPS', stream)) as string[][];
    all.push(...groups.map((group) => ({ stream, name: group[1] ?? '' })));
  }
  return all;
};

const deleteEntries = async ({ redis }: TestPanier): Promise<void> => {
  for (const stream of STREAMS) {
    const ids = (await redis.xrange(stream, '-', '+')).map(([id]) => id);
    if (ids.length > 0) await redis.xdel(stream, ...ids);
  }
};

const trimAll = async ({ redis }: TestPanier): Promise<void> => {
  for (const stream of STREAMS) await redis.xtrim(stream, 'MAXLEN', 0);
};

const skipToEnd = async (panier: TestPanier): Promise<void> => {
  for (const { stream, name } of await groupsOf(panier)) await panier.redis.xgroup('SETID', stream, name, '$');
};

/** Somebody of each group takes all that is new, and is deleted with what it has. */
const deletePending = async (panier: TestPanier): Promise<void> => {
  const { redis } = panier;
  for (const { stream, name } of await groupsOf(panier)) {
    await redis.xreadgroup('GROUP', name, 'doomed', 'COUNT', 1_000, 'STREAMS', stream, '>');
    await redis.xgroup('DELCONSUMER', stream, name, 'doomed');
  }
};

const deletePendingEntries = async (panier: TestPanier): Promise<void> => {
  for (const { stream, name } of await groupsOf(panier)) {
    await panier.redis.xreadgroup('GROUP', name, 'doomed', 'COUNT', 1_000, 'STREAMS', stream, '>');
  }
  await deleteEntries(panier);
};

const DAMAGES = [
  ['XDEL of what nobody has read', deleteEntries],
  ['XDEL of what is pending', deletePendingEntries],
  ['XTRIM MAXLEN 0', trimAll],
  ['XGROUP SETID $', skipToEnd],
  ['XGROUP DELCONSUMER of one with pending entries', deletePending],
] as const;

type Roles = Config['roles'];

const running = async <T>(panier: TestPanier, roles: Roles, work: () => Promise<T>): Promise<T> => {
  await using _process = await panier.another({ roles });
  return await work();
};

/** The event is recorded, and nothing waits to be published. */
const isPublished = (panier: TestPanier, type: string): Promise<void> =>
  eventually(async () => {
    const recorded = sql`select event_id from write.journal where not heard and type = ${type}
      union all select event_id from saga.journal where type = ${type}`;
    const queued = sql`select position from write.outbox union all select position from saga.outbox`;
    expect((await recorded.execute(panier.db)).rows).toHaveLength(1);
    expect((await queued.execute(panier.db)).rows).toEqual([]);
  }, 20_000);

describe('what vanishes from the streams before it is read comes again', () => {
  it.each(DAMAGES)('after %s', async (_, damage) => {
    await using panier = await startPanier({ roles: ['gateway', 'relay'], sweepAfterMs: 500, claimIdleMs: 500 });
    const client = panier.client();
    const productId = await running(panier, ['payment', 'saga', 'audit'], async () => {
      const id = await shelve(client, 5);
      await stands(client, id, { available: 5, reserved: 0, sold: 0 });
      return id;
    });
    const orderId = await placeOrder(client, [{ productId, quantity: 2 }], { paymentMethod: 'pm_card_visa' });
    await isPublished(panier, 'OrderCreated');
    await damage(panier);
    await running(panier, ['saga', 'audit'], () => isPublished(panier, 'StockReserved'));
    await damage(panier);
    await running(panier, ['payment'], () => isPublished(panier, 'OrderConfirmed'));
    await damage(panier);
    await running(panier, ['payment', 'saga', 'audit'], async () => {
      expect(await ends(client, orderId, 20_000)).toMatchObject({ status: 'CONFIRMED' });
      await stands(client, productId, { available: 3, reserved: 0, sold: 2 });
      await expectSound(panier.db);
    });
  });
});
