import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../harness/support/random.ts';
import { history, type Outcome, orderHistory, productHistory, recorded } from '../../harness/support/recorded.ts';
import { type Audit, rebuild } from '../../src/audit/index.ts';
import { type DomainEvent, partitionOf, type Recorded } from '../../src/events/index.ts';
import { READ_MODELS, readProjections } from '../../src/read/index.ts';
import { divide } from './divide.ts';
import { openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
let other: ReadSide;
beforeEach(async () => {
  [side, other] = await Promise.all([openReadSide(), openReadSide()]);
});
afterEach(async () => {
  await side[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

const EXPIRES = '2026-01-02T04:00:00.000Z';
const OUTCOMES: readonly Outcome[] = ['Confirmed', 'Rejected', 'Declined'];

/** As if it had occurred just now: what is older than minutes is in few statistics, by the clock of each store. */
const lately = (events: readonly Recorded[], agoMs: number): readonly Recorded[] =>
  events.map(({ envelope, event }, nth) => ({
    envelope: { ...envelope, occurredAt: new Date(Date.now() - agoMs + nth).toISOString() },
    event,
  }));

const addedTo = (productId: string): DomainEvent => ({
  type: 'CartItemAdded',
  data: { cartItemId: '1', productId, quantity: 2, unitPrice: '10.50' },
});

/** A visit with a cart and an order, claimed by a customer into whose cart the visitor's is merged. */
const visited = (nth: number): readonly Recorded[] => {
  const [sessionId, customerId] = [`visit_${nth}`, `customer_${nth % 5}`];
  const order = orderHistory(`order_of_visit_${nth}`, OUTCOMES[nth % 3] ?? 'Confirmed').map((each) => {
    if (each.event.type !== 'OrderCreated') return each;
    const { data: _, ...rest } = each.envelope;
    return recorded({ ...each.event, data: { ...each.event.data, sessionId } }, rest);
  });
  return [
    ...history(`cart_of_visit_${nth}`, [
      { type: 'CartCreated', data: { customerId: null, sessionId, currency: 'EUR' } },
      addedTo(`prod_${1 + (nth % 2)}`),
      { type: 'CartMerged', data: { intoCartId: `cart_of_customer_${nth}` } },
    ]),
    ...order,
    ...history(sessionId, [{ type: 'VisitClaimed', data: { visitorId: sessionId, customerId } }]),
    ...history(`cart_of_customer_${nth}`, [
      { type: 'CartCreated', data: { customerId, sessionId: null, currency: 'EUR' } },
      {
        type: 'CartLinesMerged',
        data: {
          fromCartId: `cart_of_visit_${nth}`,
          lines: [{ cartItemId: '1', productId: 'prod_1', quantity: 2, unitPrice: '10.50' }],
        },
      },
    ]),
  ];
};

const ALL: readonly Recorded[] = [
  ...productHistory('prod_1', 1_000),
  ...productHistory('prod_2'),
  ...Array.from({ length: 60 }, (_, nth) => lately(visited(nth), 1_000 * nth)).flat(),
  ...Array.from({ length: 120 }, (_, nth) =>
    lately(orderHistory(`order_${nth}`, OUTCOMES[nth % 3] ?? 'Confirmed', `customer_${nth % 5}`), 1_000 * nth),
  ).flat(),
];

const inPieces = (random: Random, events: readonly Recorded[]): readonly (readonly Recorded[])[] => {
  const size = random.integer(1, 30);
  return events.length <= size ? [events] : [events.slice(0, size), ...inPieces(random, events.slice(size))];
};

/** Deliveries of a shuffled history, some events twice: most of one partition of four, some of whichever. */
const deliveriesOf = (random: Random): readonly (readonly Recorded[])[] => {
  const shuffled = random.shuffle([...ALL, ...ALL.filter(() => random.chance(0.1))]);
  const streams = Map.groupBy(shuffled, ({ envelope }) =>
    random.chance(0.1) ? -1 : partitionOf(envelope.aggregateId, 4),
  );
  return random.shuffle([...streams.values()].flatMap((events) => inPieces(random, events)));
};

/** So many writers at once, each a process of its own with what it knows, until all is taken in. */
const takeIn = async (writers: readonly Audit[], deliveries: readonly (readonly Recorded[])[]): Promise<void> => {
  const left = [...deliveries];
  const work = async ({ handle }: Audit): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await handle(next);
  };
  await Promise.all(writers.map(work));
};

const deadlocks = async (): Promise<number> => {
  await sql`select pg_stat_force_next_flush()`.execute(side.db);
  const { rows } = await sql<{ deadlocks: string }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(side.db);
  return Number(rows[0]?.deadlocks);
};

// When the store took something in, and where it stands there, is of each store its own.
const OWN_COLUMNS = ['changed_at', 'event_position'];

const rowsOf = async ({ db }: ReadSide, table: string): Promise<readonly unknown[]> => {
  const { rows } = await sql<Record<string, unknown>>`select * from read.${sql.id(table)}`.execute(db);
  const own = rows
    .filter((row) => row['series'] !== 'seen')
    .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => !OWN_COLUMNS.includes(column))));
  return own.toSorted();
};

// The steps of an order are numbered as the store took them in.
const TABLES = READ_MODELS.flatMap(({ tables }) => tables.map(({ name }) => name)).filter(
  (table) => table !== 'order_step',
);

const differing = async (): Promise<readonly unknown[]> => {
  const { tables } = await rebuild({ db: side.db, projections: readProjections, dryRun: true, onProgress: () => {} });
  return tables.filter((table) => table.differing > 0);
};

const storedAt = async () => {
  const { rows } = await sql<{ aggregate_id: string; partition: number; position: string }>`
    select aggregate_id, partition, position from audit.event_store order by position`.execute(side.db);
  return rows;
};

describe('several writers of one event store', () => {
  it('come to the read models that one comes to, whatever the order, and wait in no ring', async () => {
    const random = new Random(18);
    await divide(side.database, 4);
    await takeIn([side.audit(), side.audit(), side.audit(), side.audit()], deliveriesOf(random));
    await other.audit().handle(ALL);
    for (const table of TABLES) expect([table, await rowsOf(side, table)]).toEqual([table, await rowsOf(other, table)]);
    expect(await differing()).toEqual([]);
    expect(await deadlocks()).toBe(0);
  });

  it('add to the numbers of the same hundred products, in whatever order, and wait in no ring', async () => {
    const random = new Random(100);
    const products = Array.from({ length: 100 }, (_, nth) => `prod_${nth}`);
    const orders = Array.from({ length: 80 }, (_, nth): Recorded => {
      const [orderId, lines] = [
        `order_${nth}`,
        random.shuffle(products).map((productId) => ({ productId, quantity: 1 })),
      ];
      return recorded(
        { type: 'StockReserved', data: { orderId, ok: true, lines, expiresAt: EXPIRES } },
        { version: 1 },
      );
    });
    await divide(side.database, 4);
    const streams = Map.groupBy(orders, ({ envelope }) => partitionOf(envelope.aggregateId, 4));
    await Promise.all(
      [...streams.values()].map(async (stream) => {
        const audit = side.audit();
        for (const order of stream) await audit.handle([order]);
      }),
    );
    const { rows } = await sql`select reserved, count(*)::integer as products from read.product group by 1`.execute(
      side.db,
    );
    expect(rows).toEqual([{ reserved: 80, products: 100 }]);
    expect(await deadlocks()).toBe(0);
  });

  it('do so while the store is divided anew, and each event is where the division says', async () => {
    const random = new Random(81);
    const deliveries = deliveriesOf(random);
    const stages = [1, 4, 8, 3, 1].map((partitions, nth, { length }) => ({
      partitions,
      part: deliveries.filter((_, index) => index % length === nth),
    }));
    const writers = [side.audit(), side.audit(), side.audit(), side.audit()];
    const bounds: { readonly partitions: number; readonly from: bigint }[] = [];
    for (const { partitions, part } of stages) {
      const half = part.length >> 1;
      await takeIn(writers, part.slice(0, half));
      const rest = takeIn(writers, part.slice(half));
      await divide(side.database, partitions);
      await rest;
      bounds.push({ partitions, from: BigInt((await storedAt()).at(-1)?.position ?? 0) });
    }
    expect(await differing()).toEqual([]);
    expect(await deadlocks()).toBe(0);
    const stored = await storedAt();
    expect(stored).toHaveLength(ALL.length);
    for (const { aggregate_id: id, partition, position } of stored) {
      const next = bounds.findIndex(({ from }) => BigInt(position) <= from);
      const meanwhile = [bounds[next - 1]?.partitions ?? 1, bounds[next]?.partitions ?? 1];
      expect(meanwhile.map((partitions) => partitionOf(id, partitions))).toContain(partition);
    }
  });
});
