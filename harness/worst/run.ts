// What the worst operation costs that the limits let through, and how long others wait for it meanwhile.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sleep } from '../../src/platform/index.ts';
import { openStage, type Stage } from '../hostile/stage.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { answerTo } from './ask.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { seed } from './seed.ts';

const ROUNDS = 7;
const REST_MS = 300;

interface Cost {
  readonly cpuMs: number;
  readonly stallMs: number;
  readonly bytes: number;
  readonly codes: string;
}

/** The longest that somebody else has waited since this was asked last. */
const longestWait = async (probe: ChildProcess): Promise<number> => {
  const told = once(probe, 'message');
  probe.send('told');
  return ((await told) as [number])[0];
};

const codesIn = (answer: string): string => [...new Set(answer.match(/"code":"[A-Z_]+"/g) ?? [])].join(' ');

interface Measuring {
  readonly stage: Stage;
  readonly probe: ChildProcess;
}

const costOf = async ({ stage, probe }: Measuring, { request }: Candidate, nth: number): Promise<Cost> => {
  const { url, cpuMs } = stage;
  await longestWait(probe);
  const before = await cpuMs();
  const answer = await answerTo(url, request(nth));
  const used = (await cpuMs()) - before;
  return { cpuMs: used, stallMs: await longestWait(probe), bytes: answer.length, codes: codesIn(answer) };
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
// What is prepared here may take longer than a client would wait.
await using stage = await openStage({ PANIER_MAX_OPERATION_MS: '60000' });
const candidates = candidatesFor(await seed(stage));
const probe = fork(join(import.meta.dirname, 'probe.ts'), [stage.url]);
console.log(
  `${'ms'.padEnd(60)}${['cpu 1st', 'cpu', 'stall', 'longest'].map((head) => head.padStart(8)).join('')}        kB  codes`,
);
for (const candidate of candidates) {
  const costs: Cost[] = [];
  for (let nth = 0; nth < ROUNDS; nth += 1) {
    costs.push(await costOf({ stage, probe }, candidate, nth));
    await sleep(REST_MS);
  }
  report(candidate, costs);
}
probe.disconnect();
