// What the worst operation costs that the limits let through, and how long others wait for it meanwhile.

import { sleep } from '../../src/platform/index.ts';
import { openStage, type Stage } from '../hostile/stage.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { answerTo } from './ask.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { seed } from './seed.ts';

const ROUNDS = 7;
const PROBE_EVERY_MS = 2;
const REST_MS = 300;

interface Cost {
  readonly cpuMs: number;
  readonly stallMs: number;
  readonly bytes: number;
  readonly codes: string;
}

/** The longest that somebody else waited who asked for next to nothing, until `over` aborts. */
const longestWait = async (url: string, over: AbortSignal): Promise<number> => {
  let longest = 0;
  while (!over.aborted) {
    const askedAt = performance.now();
    await answerTo(url, { query: '{ __typename }' });
    longest = Math.max(longest, performance.now() - askedAt);
    await sleep(PROBE_EVERY_MS);
  }
  return longest;
};

const codesIn = (answer: string): string => [...new Set(answer.match(/"code":"[A-Z_]+"/g) ?? [])].join(' ');

const costOf = async ({ url, cpuMs }: Stage, { request }: Candidate, nth: number): Promise<Cost> => {
  const over = new AbortController();
  const waiting = longestWait(url, over.signal);
  await sleep(PROBE_EVERY_MS * 10);
  const before = await cpuMs();
  const answer = await answerTo(url, request(nth));
  const used = (await cpuMs()) - before;
  over.abort();
  return { cpuMs: used, stallMs: await waiting, bytes: answer.length, codes: codesIn(answer) };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const report = ({ name }: Candidate, costs: readonly Cost[]): void => {
  const cpu = costs.map(({ cpuMs }) => cpuMs);
  const stall = costs.map(({ stallMs }) => stallMs);
  const { bytes, codes } = costs[0] ?? { bytes: 0, codes: '' };
  const numbers = [cpu[0] ?? 0, median(cpu), median(stall), Math.max(...stall)].map((ms) => ms.toFixed(0).padStart(8));
  console.log(`${name.padEnd(60)}${numbers.join('')}${(bytes / 1_000).toFixed(0).padStart(10)}  ${codes}`);
};

exitOnSignal();
await using stage = await openStage();
const candidates = candidatesFor(await seed(stage));
console.log(
  `${'ms'.padEnd(60)}${['cpu 1st', 'cpu', 'stall', 'longest'].map((head) => head.padStart(8)).join('')}        kB  codes`,
);
for (const candidate of candidates) {
  const costs: Cost[] = [];
  for (let nth = 0; nth < ROUNDS; nth += 1) {
    costs.push(await costOf(stage, candidate, nth));
    await sleep(REST_MS);
  }
  report(candidate, costs);
}
