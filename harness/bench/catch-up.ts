import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parsed } from '../support/command-line.ts';
import { numberOf, runCommand } from './command-line.ts';
import type { HttpRound, Prepare, Run } from './load/http.ts';
import { meterSteal, spreadOf } from './measure/index.ts';
import { describeMachine, digits } from './report/index.ts';
import { requestsToShop, verifyItems } from './rows/add-items.ts';
import {
  BACKGROUND,
  type Child,
  openServers,
  type Servers,
  startChild,
  startPanier,
  stockProducts,
} from './stage/index.ts';

const DEFAULTS = { events: 200_000, inFlight: 8 } as const;
const CARTS = 2_000;
/** As many requests as fill the backlog soon. */
const FILLING = 128;
const FILL_SECONDS = 5;
const SLICE_SECONDS = 1;
const SLICES_AT_REST = 10;

const USAGE = `npm run bench:catch-up -- [options]
  --events <number>     how many wait when relay and consumers come back (default ${DEFAULTS.events})
  --in-flight <number>  commands in flight before, meanwhile and after (default ${DEFAULTS.inFlight})
  --out <directory>     where the report goes (default harness/bench/results)`;

const readOptions = () => {
  const { values } = parsed(() =>
    parseArgs({
      options: {
        events: { type: 'string' },
        'in-flight': { type: 'string' },
        out: { type: 'string', default: join(import.meta.dirname, 'results') },
      },
    }),
  );
  return {
    events: numberOf('events', values.events, DEFAULTS.events),
    inFlight: numberOf('in-flight', values['in-flight'], DEFAULTS.inFlight),
    out: values.out,
  };
};

const runFor = (load: Child, seconds: number): Promise<HttpRound> =>
  load.ask<HttpRound>({ type: 'run', seconds } satisfies Run);

/** Commands until something has come to pass; the seconds that took, and second by second how the commands fared. */
const slicesUntil = async (load: Child, ended: Promise<void>) => {
  const startedAt = performance.now();
  const state = { isOver: false };
  const secondsTaken = async (): Promise<number> => {
    try {
      await ended;
      return (performance.now() - startedAt) / 1_000;
    } finally {
      state.isOver = true;
    }
  };
  const slicing = async (): Promise<readonly HttpRound[]> => {
    const slices: HttpRound[] = [];
    while (!state.isOver) slices.push(await runFor(load, SLICE_SECONDS));
    return slices;
  };
  const [seconds, slices] = await Promise.all([secondsTaken(), slicing()]);
  return { slices, seconds };
};

const slicesAtRest = async (load: Child): Promise<readonly HttpRound[]> => {
  const slices: HttpRound[] = [];
  while (slices.length < SLICES_AT_REST) slices.push(await runFor(load, SLICE_SECONDS));
  return slices;
};

const POLL_MS = 50;
const PATIENCE_MS = 300_000;
const NEWEST = 'select event_id from write.journal order by position desc limit 1';
const IS_STORED = 'select exists (select from audit.event_store where event_id = $1) as stored';

/** Waits until the newest event of now is projected: those before it are published in order, and commands go on. */
const untilCaughtUp = async ({ pool }: Servers): Promise<void> => {
  const newest = await pool.query<{ event_id: string }>(NEWEST);
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await pool.query<{ stored: boolean }>(IS_STORED, [newest.rows[0]?.event_id]);
    if (rows[0]?.stored === true) return;
    if (performance.now() > deadline) throw new Error('Relay and consumers do not catch up.');
    await delay(POLL_MS);
  }
};

const operationsOf = (rounds: readonly HttpRound[]): number =>
  rounds.reduce((sum, { operations }) => sum + operations, 0);

const openLoad = async (opened: AsyncDisposableStack, prepare: Omit<Prepare, 'type'>): Promise<Child> => {
  const load = opened.use(startChild('load/http.ts'));
  await load.ask({ type: 'prepare', ...prepare } satisfies Prepare);
  return load;
};

interface Caught {
  readonly backlog: number;
  /** Until the last event of the backlog is projected. */
  readonly seconds: number;
  readonly before: readonly HttpRound[];
  readonly meanwhile: readonly HttpRound[];
  readonly after: readonly HttpRound[];
}

const catchUp = async (servers: Servers, { events, inFlight }: ReturnType<typeof readOptions>): Promise<Caught> => {
  await using opened = new AsyncDisposableStack();
  const environment = { DATABASE_URL: servers.databaseUrl, REDIS_URL: servers.redisUrl };
  const { url } = opened.use(await startPanier({ roles: ['gateway'], environment }));
  await stockProducts(url);
  const requests = await requestsToShop({ carts: CARTS, inFlight: FILLING })({ url });
  const filling = await openLoad(opened, { url, ...requests });
  const filled: HttpRound[] = [];
  while (operationsOf(filled) < events) {
    filled.push(await runFor(filling, FILL_SECONDS));
    console.error(`catch-up  ${operationsOf(filled).toLocaleString('en')} of ${events.toLocaleString('en')} wait`);
  }
  const load = await openLoad(opened, { url, ...requests, inFlight });
  const before = await slicesAtRest(load);
  const backlog = operationsOf([...filled, ...before]);
  opened.use(await startPanier({ roles: BACKGROUND, environment }));
  console.error('catch-up  relay and consumers are back');
  const { slices: meanwhile, seconds } = await slicesUntil(load, untilCaughtUp(servers));
  const after = await slicesAtRest(load);
  await verifyItems(servers, backlog + operationsOf([...meanwhile, ...after]));
  return { backlog, seconds, before, meanwhile, after };
};

const lineOf = (name: string, rounds: readonly HttpRound[]): string => {
  const rate = spreadOf(rounds.map(({ operations, seconds }) => operations / seconds));
  const [p50, p99] = (['p50', 'p99'] as const).map((which) =>
    spreadOf(rounds.map(({ latencyMs }) => latencyMs[which])),
  );
  return `| ${name} | ${digits(rate.median)} (${digits(rate.min)}–${digits(rate.max)}) | ${digits(p50?.median ?? 0)} | ${digits(p99?.median ?? 0)} (up to ${digits(p99?.max ?? 0)}) |`;
};

const markdownOf = (
  { backlog, seconds, before, meanwhile, after }: Caught,
  inFlight: number,
  stolen: number,
): string => {
  return [
    `# Catching up, ${new Date().toISOString().slice(0, 10)}`,
    '',
    `${describeMachine()}. Relay and consumers were away; then ${backlog.toLocaleString('en')} events waited. All of them were ` +
      `published and projected ${digits(seconds)} s after they came back, ${digits(backlog / seconds)} a second, while ` +
      `${operationsOf(meanwhile).toLocaleString('en')} commands were answered. Stolen by the host: ` +
      `${Math.round(stolen * 100)} %.`,
    '',
    `Commands, ${inFlight} in flight, by the second: medians, and ranges.`,
    '',
    '| commands | /s | p50, ms | p99, ms |',
    '|---|---|---|---|',
    lineOf('while they were away', before),
    lineOf('while they caught up', meanwhile),
    lineOf('when all was level', after),
    '',
  ].join('\n');
};

const run = async (): Promise<void> => {
  const options = readOptions();
  await using servers = await openServers();
  const stolen = meterSteal();
  const markdown = markdownOf(await catchUp(servers, options), options.inFlight, stolen());
  console.log(markdown);
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, `${new Date().toISOString().slice(0, 10)}-catch-up.md`), markdown);
};

await runCommand(USAGE, run);
