import { newId } from '../../../src/events/index.ts';
import type { Contestant, Round } from '../measure/index.ts';
import { openOwnStore } from '../stage/index.ts';
import { BARE_TABLES, bareEvents, STORE_BARE } from './bare-events.ts';

const BATCH = 500;
const READ_AT_ONCE = 5_000;

const READ = 'select * from bare.event_store where position > $1 order by position limit $2';

/** One operation after the other, each worth so many events, until the time is up. */
const repeat = async (seconds: number, operate: () => Promise<number>): Promise<Omit<Round, 'cpuMicros'>> => {
  const startedAt = performance.now();
  let operations = 0;
  while (performance.now() < startedAt + seconds * 1_000) operations += await operate();
  return { operations, seconds: (performance.now() - startedAt) / 1_000 };
};

const openBare = async (name: string, operateOn: (query: Query) => () => Promise<number>): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const { pool } = store.database;
  await pool.query(BARE_TABLES);
  const operate = operateOn(async (text, values) => (await pool.query<Row>({ text, values })).rows);
  let stored = 0;
  const opened = opening.move();
  return {
    name,
    round: async (seconds) => {
      const used = store.meter();
      const done = await repeat(seconds, operate);
      stored += done.operations;
      return { ...done, cpuMicros: used() };
    },
    verify: async () => {
      if (stored === 0) throw new Error(`${name} did nothing.`);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

interface Row {
  readonly position: string;
}

type Query = (text: string, values: unknown[]) => Promise<readonly Row[]>;

/** Rows like those of the event store, 500 a statement and commit; nothing is read or folded. */
export const openBareInsert = (name: string): Promise<Contestant> =>
  openBare(name, (query) => async () => {
    await query(STORE_BARE, bareEvents(Array.from({ length: BATCH }, () => newId('Cart'))));
    return BATCH;
  });

/** Reads `count` stored events by position, 5,000 at once, again and again; nothing is decoded or folded. */
export const openBareRead = (name: string, count: number): Promise<Contestant> =>
  openBare(name, (query) => {
    const fill = async (): Promise<void> => {
      for (let stored = 0; stored < count; stored += READ_AT_ONCE)
        await query(STORE_BARE, bareEvents(Array.from({ length: READ_AT_ONCE }, () => newId('Cart'))));
    };
    let filled: Promise<void> | null = null;
    let position = '0';
    return async () => {
      filled ??= fill();
      await filled;
      const rows = await query(READ, [position, READ_AT_ONCE]);
      position = rows.length < READ_AT_ONCE ? '0' : (rows.at(-1)?.position ?? '0');
      return rows.length;
    };
  });
