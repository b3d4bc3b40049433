import { sleep } from '../../../src/platform/index.ts';
import type { PostgresStage } from '../stage/index.ts';
import { type Fault, type FaultContext, seconds } from './fault.ts';

const MAX_DOWN_MS = 4_000;
const TERMINATIONS = 8;
const TERMINATION_PAUSE_MS = 250;

const TERMINATE_ONE = `
  select pg_terminate_backend(pid) from (
    select pid from pg_stat_activity where application_name like 'panier %' order by random() limit 1
  ) as victim`;

/** One of them, where there are several. */
const someServer = ({ stage: { postgres, databases }, random }: FaultContext): PostgresStage =>
  databases.servers.length === 1 ? postgres : random.pick(databases.servers);

const stopAndStart = async (context: FaultContext): Promise<string> => {
  const [server, { random }] = [someServer(context), context];
  const downMs = random.between(0, MAX_DOWN_MS);
  await server.stopImmediately();
  await sleep(downMs);
  await server.start();
  return `PostgreSQL stopped at once, back after ${seconds(downMs)}`;
};

const terminateSessions = async (context: FaultContext): Promise<string | null> => {
  const server = someServer(context);
  let hit = 0;
  for (let count = 0; count < TERMINATIONS; count += 1) {
    hit += (await server.query(TERMINATE_ONE)).length;
    await sleep(TERMINATION_PAUSE_MS);
  }
  return hit === 0 ? null : `${hit} sessions of PostgreSQL terminated`;
};

export const postgres: Fault = {
  place: 'postgres',
  strike: (context) => (context.random.chance(0.6) ? stopAndStart(context) : terminateSessions(context)),
};

const lockStock = async ({ stage, random }: FaultContext): Promise<string> => {
  const ms = random.between(2_000, 8_000);
  await stage.databases.homes.saga.holdTransaction('Inside', 'lock table saga.stock in access exclusive mode', ms);
  return `all stock locked for ${seconds(ms)}`;
};

const writeBeside = async ({ stage, random }: FaultContext): Promise<string> => {
  const ms = random.between(5_000, 15_000);
  await stage.postgres.holdTransaction('Beside', 'select pg_current_xact_id()', ms);
  return `a writing transaction in another database, open for ${seconds(ms)}`;
};

/** Somebody else works on the same server, and takes their time. */
export const locks: Fault = {
  place: 'postgres',
  strike: (context) => (context.random.chance(0.6) ? lockStock(context) : writeBeside(context)),
};
