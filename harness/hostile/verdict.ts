import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { checkOutBy, lanesOf } from './check-out.ts';
import type { Memory, Stage } from './stage.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const MEGABYTE = 1_000_000;
/** What may stay: caches that are bounded, compiled code, pages that the allocator keeps. */
const MAX_HEAP_GROWTH = 40 * MEGABYTE;
const MAX_RSS_GROWTH = 250 * MEGABYTE;
const READY_WITHIN_MS = 30_000;
/** The client does not wait for ever: what a stranger did is allowed to hold nobody up for longer. */
const BACK_WITHIN_MS = 60_000;

/** What is not as it has to be; empty when all is. */
export type Complaints = readonly string[];

type Check = () => Promise<Complaints>;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const alive =
  ({ ended }: Stage): Check =>
  async () => {
    const how = ended();
    return how === null ? [] : [`the process ended (${how})`];
  };

/** No complaint, or what the attempt failed with at last. */
const within = (attempt: () => Promise<void>, ms: number): Promise<Complaints> =>
  eventually(attempt, ms).then(
    () => [],
    (error: unknown) => [messageOf(error)],
  );

const expectReady = async (url: string): Promise<void> => {
  const response = await fetch(`${url}/health/ready`);
  if (response.status !== 200) throw new Error(`not ready: ${await response.text()}`);
};

const ready =
  ({ url }: Stage): Check =>
  () =>
    within(() => expectReady(url), READY_WITHIN_MS);

const sells =
  ({ url }: Stage): Check =>
  async () => {
    const complaints: string[] = [];
    for (const [name, lane] of Object.entries(lanesOf(url)))
      await eventually(() => checkOutBy(lane), BACK_WITHIN_MS).catch((error: unknown) =>
        complaints.push(`no checkout by ${name}: ${messageOf(error)}`),
      );
    return complaints;
  };

const inMegabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;

const expectBack = async ({ memory }: Stage, before: Memory): Promise<void> => {
  const after = await memory();
  const figures = (['heapUsed', 'rss'] as const).map(
    (name) => `${name} ${inMegabytes(before[name])} → ${inMegabytes(after[name])}`,
  );
  const isBack = after.heapUsed - before.heapUsed < MAX_HEAP_GROWTH && after.rss - before.rss < MAX_RSS_GROWTH;
  if (!isBack) throw new Error(`memory is not back: ${figures.join(', ')}`);
  console.log(`memory: ${figures.join(', ')}`);
};

const forgets =
  (stage: Stage, before: Memory): Check =>
  () =>
    within(() => expectBack(stage, before), READY_WITHIN_MS);

const UNCAUGHT = /Uncaught|uncaught|UnhandledPromise|Internal error|"level":"fatal"/;

const quiet =
  ({ log }: Stage): Check =>
  async () => {
    const found = log()
      .split('\n')
      .filter((line) => UNCAUGHT.test(line));
    return found.length === 0 ? [] : [`its log tells of ${found.length} uncaught: ${found[0]?.slice(0, 1_500)}`];
  };

const DEFECT = /A request met a defect|met a defect/;

/** A defect that a stranger's request met is no end of the process, but it is ours all the same. */
const flawless =
  ({ log }: Stage): Check =>
  async () => {
    const found = log()
      .split('\n')
      .filter((line) => DEFECT.test(line));
    return found.length === 0 ? [] : [`its log tells of ${found.length} defects: ${found[0]?.slice(0, 1_500)}`];
  };

const VERIFY = ['src/cli/verify.ts', '--grace-seconds', '20', '--pause-seconds', '3'];

/** Dead letters are what junk on the streams is meant to become. */
const verified =
  ({ serverUrls }: Stage): Check =>
  () =>
    new Promise((done) => {
      const options = { cwd: PROJECT, env: { ...process.env, ...serverUrls }, timeout: 180_000 };
      execFile(process.execPath, VERIFY, options, (_error, stdout, stderr) => {
        if (stdout.includes('rules hold.')) return done([]);
        const broken = stdout.split('\n').filter((line) => line.startsWith('BROKEN'));
        const ours = broken.filter((line) => !/dead letter/i.test(line));
        done(broken.length > 0 ? ours : [`verify did not come to an end: ${stderr.slice(-500)}`]);
      });
    });

const TOLD_OF_JUNK = /"level":"(?:info|warn)"|became a dead letter/;

/** What a process that ended said last, leaving out what it tells of each entry that it could not read. */
const lastWords = (log: string): Complaints => {
  const lines = log.split('\n').filter((line) => line !== '' && !TOLD_OF_JUNK.test(line));
  return lines.slice(-20).map((line) => line.slice(0, 1_500));
};

/** Everything that has to hold after whatever strangers did. */
export const judge = async (stage: Stage, before: Memory): Promise<Complaints> => {
  const isAlive = await alive(stage)();
  if (isAlive.length > 0) return [...isAlive, ...lastWords(stage.log())];
  const checks = [
    ready(stage),
    sells(stage),
    forgets(stage, before),
    quiet(stage),
    flawless(stage),
    verified(stage),
    alive(stage),
  ];
  const complaints: string[] = [];
  for (const check of checks) complaints.push(...(await check()));
  return complaints;
};
