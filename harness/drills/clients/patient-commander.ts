import { sleep } from '../../../src/platform/index.ts';
import { answerOf, type Commander, type History, send } from '../../chaos/shop/index.ts';
import type { Random } from '../../support/random.ts';
import type { Stopwatch } from './stopwatch.ts';

const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 1_000;

export interface PatientOptions {
  readonly name: string;
  readonly customerId: string | null;
  readonly random: Random;
  /** Read at each attempt: gateways come and go. */
  readonly urls: () => readonly string[];
  readonly history: History;
  readonly stopwatch: Stopwatch;
  /** For how long a command is sent again that was not answered. */
  readonly patienceMs: number;
}

/** Sends a command again with the same key until it is answered, as docs/api.md tells clients to. */
export const openPatientCommander = (options: PatientOptions): Commander => {
  const { name, customerId, random, urls, history, stopwatch, patienceMs } = options;
  let count = 0;
  return {
    perform: async (operation) => {
      count += 1;
      const { command, note } = history.begin({ ...operation, customerId, key: `${name}-${count}` });
      const sentAtMs = performance.now();
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
        const outcome = await send({ ...command, url: random.pick(urls()) });
        note(outcome);
        if (outcome.type === 'Answered') stopwatch.answered(sentAtMs);
        if (outcome.type === 'Answered' || performance.now() - sentAtMs > patienceMs) return answerOf(command);
        await sleep(random.between(pauseMs / 2, pauseMs));
      }
    },
  };
};
