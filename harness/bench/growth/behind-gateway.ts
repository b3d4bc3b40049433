import { rebuild } from '../../../src/audit/index.ts';
import { openDatabase } from '../../../src/database/index.ts';
import { PRODUCERS, type Recorded } from '../../../src/events/index.ts';
import { READ_MODELS, readProjections } from '../../../src/read/index.ts';
import { openSaga } from '../../../src/saga/index.ts';
import { type Contestant, Latencies, type Round } from '../measure/index.ts';
import { HOT, orderOfOne } from '../rows/p4.ts';
import { auditOn, wholeLives } from '../rows/p5-projector.ts';
import { ask, startPanier } from '../stage/index.ts';
import type { Filled } from './filled.ts';
import { meterWithin } from './running.ts';

/** A catalogue that has every product. */
const describe = async (id: string) => ({ id, name: 'Camera', price: '10.50', currency: 'EUR' });

const BATCH = 500;
const RESERVATION_MS = 3_600_000;
const STOCK = 1_000_000;
/** Of a replay, as `npm run replay` has them. */
const CONNECTIONS = 2 + READ_MODELS.length;

/** An operation on a filled database on which no panier runs. */
export interface BackgroundOperation {
  readonly name: string;
  readonly open: (filled: Filled) => (name: string) => Promise<Contestant>;
}

const inBatches = async (
  filled: Filled,
  seconds: number,
  batch: { readonly make: () => readonly Recorded[]; readonly handle: (batch: readonly Recorded[]) => Promise<void> },
): Promise<Round> => {
  const latencies = new Latencies();
  const cpuMicros: Record<string, number> = {};
  let [operations, tookMs] = [0, 0];
  while (tookMs < seconds * 1_000) {
    const events = batch.make();
    const [used, startedAt] = [meterWithin(filled), performance.now()];
    await batch.handle(events);
    const ms = performance.now() - startedAt;
    for (const [kind, micros] of Object.entries(used())) cpuMicros[kind] = (cpuMicros[kind] ?? 0) + micros;
    latencies.record(ms);
    operations += events.length;
    tookMs += ms;
  }
  return { operations, seconds: tookMs / 1_000, cpuMicros, latencyMs: latencies.summary() };
};

const projector: BackgroundOperation = {
  name: 'projector, a batch of 500 events',
  open: (filled) => async (name) => {
    const { handle } = auditOn(filled);
    let projected = 0;
    const before = await countStored(filled);
    return {
      name,
      round: async (seconds) => {
        const round = await inBatches(filled, seconds, { make: () => wholeLives(BATCH), handle });
        projected += round.operations;
        return round;
      },
      verify: async () => {
        const stored = (await countStored(filled)) - before;
        if (stored !== projected) throw new Error(`${projected} events were handled, and ${stored} stored.`);
      },
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

const countStored = ({ servers }: Filled): Promise<number> => countOf(servers, 'audit.event_store');

const countOf = async ({ pool }: Filled['servers'], table: string): Promise<number> => {
  const { rows } = await pool.query<{ count: string }>(`select count(*) from ${table}`);
  return Number(rows[0]?.count ?? 0);
};

const newOrders = (): readonly Recorded[] => Array.from({ length: BATCH }, orderOfOne).flat();

const saga: BackgroundOperation = {
  name: 'saga, a batch of 500 new orders',
  open: (filled) => async (name) => {
    const writer = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };
    const module = openSaga({ database: filled.database, writer, reservationMs: RESERVATION_MS, describe });
    await module.adjustStock(
      { productId: HOT, delta: STOCK, reason: null },
      { idempotencyKey: null, traceparent: null, reach: 'Everything' },
    );
    const before = await countOf(filled.servers, 'saga.reservation');
    let reserved = 0;
    return {
      name,
      round: async (seconds) => {
        const round = await inBatches(filled, seconds, { make: newOrders, handle: (batch) => module.handle(batch) });
        reserved += round.operations;
        return round;
      },
      verify: async () => {
        const held = (await countOf(filled.servers, 'saga.reservation')) - before;
        if (held !== reserved) throw new Error(`${reserved} orders were handled, and ${held} are reserved.`);
      },
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

/** Each round starts panier anew. */
export const START_UP: BackgroundOperation = {
  name: 'start-up to the first answer',
  open: (filled) => async (name) => {
    let answered = 0;
    return {
      name,
      round: async () => {
        const [latencies, startedAt] = [new Latencies(), performance.now()];
        await using panier = await startPanier({ environment: filled.environment });
        await ask(panier.url, '{ products(first: 1) { pageInfo { hasNextPage } } }');
        answered += 1;
        const ms = performance.now() - startedAt;
        latencies.record(ms);
        return { operations: 1, seconds: ms / 1_000, cpuMicros: {}, latencyMs: latencies.summary() };
      },
      verify: async () => {
        if (answered === 0) throw new Error(`${name} was never started.`);
      },
      [Symbol.asyncDispose]: async () => {},
    };
  },
};

/** A rebuild of all read models, which are not replaced: they must come out as they are. */
export const REBUILD: BackgroundOperation = {
  name: 'rebuild, an event',
  open: (filled) => async (name) => {
    const { databaseUrl: url } = filled.servers;
    const database = openDatabase({ url, name: 'replay', maxConnections: CONNECTIONS, readsWholeTables: true });
    const differing: string[] = [];
    return {
      name,
      round: async () => {
        const [used, startedAt] = [meterWithin(filled), performance.now()];
        const report = await rebuild({
          db: database.db,
          projections: readProjections,
          dryRun: true,
          onProgress: () => {},
        });
        differing.push(...report.tables.flatMap(({ examples }) => examples));
        return { operations: report.events, seconds: (performance.now() - startedAt) / 1_000, cpuMicros: used() };
      },
      verify: async () => {
        if (differing.length > 0) throw new Error(`Rows come out of a rebuild different: ${differing.join(', ')}`);
      },
      [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
    };
  },
};

export const CONSUMER_OPERATIONS: readonly BackgroundOperation[] = [projector, saga];
