import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { cartHistory, history, orderHistory, recorded } from '../../harness/support/recorded.ts';
import { type Audit, type EventStore, postgresEventStore, type RebuildReport, rebuild } from '../../src/audit/index.ts';
import type { Recorded } from '../../src/events/index.ts';
import { postgresStorage } from '../../src/projection/index.ts';
import { readProjections } from '../../src/read/index.ts';
import { divide, idIn } from './divide.ts';
import { openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
let store: EventStore;
let audit: Audit;
beforeEach(async () => {
  side = await openReadSide();
  await divide(side.database, 4);
  store = postgresEventStore(side.database, readProjections());
  audit = side.audit();
  // Both know how the store is divided from here on.
  const before = cartHistory('cart_before');
  await audit.handle(before);
  await store.transaction((tx) => tx.append(before));
});
afterEach(() => side[Symbol.asyncDispose]());

type Halt = 'asked' | 'folded';

/** Takes a batch in, as the audit does, but halts: when it has asked for what there is, or before it commits. */
const takeInSlowly = (batch: readonly Recorded[], halt: Halt) => {
  const halted = Promise.withResolvers<void>();
  const mayGoOn = Promise.withResolvers<void>();
  const at = async (place: Halt): Promise<void> => {
    if (place !== halt) return;
    halted.resolve();
    await mayGoOn.promise;
  };
  const taking = store.transaction(async (tx) => {
    const [, project] = await Promise.all([tx.becomeWriter(batch), tx.prepare(batch)]);
    await at('asked');
    await project((await tx.append(batch)).events);
    await at('folded');
  });
  return {
    halted: Promise.race([halted.promise, taking]),
    end: async () => {
      mayGoOn.resolve();
      await taking;
      await store.settle(batch);
    },
  };
};

const VISITOR = idIn(0, 4, 'visit_');
const CART = idIn(1, 4, 'cart_');
const ORDER = idIn(2, 4, 'order_');

const claim = history(VISITOR, [{ type: 'VisitClaimed', data: { visitorId: VISITOR, customerId: 'ada' } }]);
const cart = history(CART, [
  { type: 'CartCreated', data: { customerId: null, sessionId: VISITOR, currency: 'EUR' } },
  { type: 'CartItemAdded', data: { cartItemId: '1', productId: 'prod_1', quantity: 2, unitPrice: '10.50' } },
]);
const [created, added] = cart.map((each) => [each]);
const order = orderHistory(ORDER, 'Confirmed').map((each) => {
  if (each.event.type !== 'OrderCreated') return each;
  const { data: _, ...rest } = each.envelope;
  return recorded({ ...each.event, data: { ...each.event.data, sessionId: VISITOR } }, rest);
});

const owners = async (): Promise<readonly (string | null)[]> => {
  const { rows } = await sql<{ owner: string | null }>`
    select owner from read.cart where id = ${CART} union all select owner from read."order" where id = ${ORDER}`.execute(
    side.db,
  );
  return rows.map(({ owner }) => owner);
};

const differing = ({ tables }: RebuildReport): readonly unknown[] => tables.filter((table) => table.differing > 0);
const dryRun = (): Promise<RebuildReport> =>
  rebuild({ db: side.db, projections: readProjections, dryRun: true, onProgress: () => {} });

const waiting = async (): Promise<number> => {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::integer as waiting from pg_locks
    where not granted and database = (select oid from pg_database where datname = current_database())`.execute(side.db);
  return rows[0]?.waiting ?? 0;
};

describe('a claim, and what its visitor has, that are stored at the same time', () => {
  it.each([
    ['the claim is committed first', claim, [...cart, ...order]],
    ['the claim is committed last', [...cart, ...order], claim],
  ])('find each other: %s', async (_when, slow, quick) => {
    const slowly = takeInSlowly(slow, 'folded');
    await slowly.halted;
    await audit.handle(quick);
    await slowly.end();
    expect(await owners()).toEqual(['customer:ada', 'customer:ada']);
    expect(differing(await dryRun())).toEqual([]);
  });

  it('find each other where the cart was asked for before it was claimed, and is written after', async () => {
    await audit.handle(created ?? []);
    const slowly = takeInSlowly(added ?? [], 'asked');
    await slowly.halted;
    await audit.handle(claim);
    await slowly.end();
    expect(await owners()).toEqual(['customer:ada']);
    expect(differing(await dryRun())).toEqual([]);
  });

  it('find each other when whoever stored the later one died before it could look', async () => {
    const slowly = takeInSlowly(cart, 'folded');
    await slowly.halted;
    await store.transaction(async (tx) => {
      const [, project] = await Promise.all([tx.becomeWriter(claim), tx.prepare(claim)]);
      await project((await tx.append(claim)).events);
    });
    await slowly.end();
    // Delivered again, as nobody has acknowledged it.
    await audit.handle(claim);
    expect(await owners()).toEqual(['customer:ada']);
  });
});

describe('the statistics of orders', () => {
  const lately = orderHistory(ORDER, 'Confirmed').map(({ envelope, event }, nth) => ({
    envelope: { ...envelope, occurredAt: new Date(Date.now() + nth).toISOString() },
    event,
  }));

  it('count nothing that another writer has taken for too old meanwhile', async () => {
    const slowly = takeInSlowly(lately, 'asked');
    await slowly.halted;
    const tallies = postgresStorage('read').rows({
      name: 'order_tally',
      key: ['series', 'at', 'bin'],
      columns: { series: 'text', at: 'timestamptz', bin: 'integer', orders: 'integer' },
    });
    const inTenMinutes = new Date(Date.now() + 600_000).toISOString();
    await tallies.insert(side.db, [{ series: 'seen', at: inTenMinutes, bin: 0, orders: 0 }]);
    await slowly.end();
    const { rows } = await sql`select * from read.order_tally where series like 'count % 1'`.execute(side.db);
    expect(rows).toEqual([]);
  });

  it('have one clock, however many set it', async () => {
    await Promise.all(
      Array.from({ length: 4 }, (_, nth) => audit.handle(orderHistory(idIn(nth, 4, `order_of_${nth}_`), 'Confirmed'))),
    );
    const { rows } = await sql<{ clocks: number }>`
      select count(*)::integer as clocks from read.order_tally where series = 'seen'`.execute(side.db);
    expect(rows).toEqual([{ clocks: 1 }]);
  });
});

describe('a rebuild', () => {
  it('leaves out nothing that was under way at a lower position than others had reached', async () => {
    const slowly = takeInSlowly(cart, 'folded');
    await slowly.halted;
    await audit.handle(order);
    const rebuilding = dryRun();
    await eventually(async () => expect(await waiting()).toBeGreaterThan(0));
    await slowly.end();
    expect(differing(await rebuilding)).toEqual([]);
  });
});

describe('writers of different partitions', () => {
  it('store beside each other, and those of one partition one after the other', async () => {
    const slowly = takeInSlowly(cart, 'folded');
    await slowly.halted;
    await audit.handle(order);
    const same = audit.handle(history(idIn(1, 4, 'cart_other'), [cart[0]?.event ?? never()]));
    await eventually(async () => expect(await waiting()).toBe(1));
    await slowly.end();
    await same;
  });
});

const never = (): never => {
  throw new Error('The cart has no first event.');
};
