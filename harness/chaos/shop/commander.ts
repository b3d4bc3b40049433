import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { send } from './client.ts';
import { answerOf, type Command, type History } from './history.ts';
import type { Answer, Operation, Outcome } from './operation.ts';

const DOUBLE_CLICK = 0.1;
const REPEAT = 0.2;
const LOST_REPLY = 0.05;
const MAX_LOST_AFTER_MS = 15;
const INSIST = 0.7;
const INSISTENT_ATTEMPTS = 3;
const PAUSE_MS = 150;

export interface Commander {
  /** Does it as an impatient person does: twice, again, or without waiting for the reply. */
  readonly perform: (operation: Operation) => Promise<Answer | null>;
}

export interface CommanderOptions {
  readonly name: string;
  readonly customerId: string | null;
  readonly random: Random;
  readonly gateways: readonly string[];
  readonly history: History;
}

interface Attempt {
  readonly note: (outcome: Outcome) => void;
  readonly command: Command;
}

export const openCommander = ({ name, customerId, random, gateways, history }: CommanderOptions): Commander => {
  let count = 0;
  const once = async ({ command, note }: Attempt, signal?: AbortSignal): Promise<Outcome> => {
    const outcome = await send({ ...command, url: random.pick(gateways), ...(signal && { signal }) });
    note(outcome);
    return outcome;
  };
  const first = async (attempt: Attempt): Promise<void> => {
    if (random.chance(LOST_REPLY)) {
      const signal = AbortSignal.timeout(random.integer(1, MAX_LOST_AFTER_MS));
      await once(attempt, signal);
    } else if (random.chance(DOUBLE_CLICK)) await Promise.all([once(attempt), once(attempt)]);
    else await once(attempt);
  };
  const insist = async (attempt: Attempt): Promise<void> => {
    for (let tries = 1; tries < INSISTENT_ATTEMPTS && answerOf(attempt.command) === null; tries += 1) {
      if (!random.chance(INSIST)) return;
      await sleep(random.between(0, PAUSE_MS));
      await once(attempt);
    }
  };
  return {
    perform: async (operation) => {
      count += 1;
      const attempt = history.begin({ ...operation, customerId, key: `${name}-${count}` });
      await first(attempt);
      await insist(attempt);
      if (random.chance(REPEAT)) await once(attempt);
      return answerOf(attempt.command);
    },
  };
};
