import { newId } from '../../../src/events/index.ts';
import { type Contestant, runClosedLoop } from '../measure/index.ts';
import { type OwnStore, openOwnStore } from '../stage/index.ts';
import { BARE_TABLES, bareEvents, RECORD_BARE } from './bare-events.ts';
import { Gathering } from './gathering.ts';

const MAX_BATCH = 256;

const verify = async ({ database }: OwnStore, written: number): Promise<void> => {
  const { rows } = await database.pool.query<{ events: string; queued: string }>(
    'select (select count(*) from bare.journal) as events, (select count(*) from bare.outbox) as queued',
  );
  if (Number(rows[0]?.events) !== written || Number(rows[0]?.queued) !== written)
    throw new Error(`${written} were written, but the tables hold ${JSON.stringify(rows[0])}.`);
};

/**
 * The rows of panier's journal and outbox, by one statement for all that arrived together, and nothing that decides
 * whether they may be written.
 */
export const openBareAppend = async (name: string, writers: number): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const { pool } = store.database;
  await pool.query(BARE_TABLES);
  let written = 0;
  const gathering = new Gathering<string>(writers, MAX_BATCH, async (ids) => {
    await pool.query({ name: 'bare', text: RECORD_BARE, values: bareEvents(ids) });
    written += ids.length;
  });
  const operate = (): Promise<void> => gathering.add(newId('Cart'));
  const opened = opening.move();
  return {
    name,
    round: async (seconds) => {
      const used = store.meter();
      const done = await runClosedLoop({ inFlight: 256, seconds, operate });
      return { ...done, cpuMicros: used() };
    },
    verify: () => verify(store, written),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
