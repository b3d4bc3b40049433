import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { send } from './client.ts';
import { type Command, type History, isUnknown } from './history.ts';

const AT_ONCE = 8;
const PAUSE_MS = 100;

interface Resolution {
  readonly history: History;
  readonly gateways: readonly string[];
  readonly random: Random;
  readonly deadlineMs: number;
}

const settle = async (command: Command, { gateways, random, deadlineMs }: Resolution): Promise<void> => {
  const outcomes = command.outcomes as Command['outcomes'][number][];
  while (isUnknown(command) && performance.now() < deadlineMs) {
    const outcome = await send({ ...command, url: random.pick(gateways) });
    outcomes.push(outcome);
    if (outcome.type !== 'Answered') await sleep(PAUSE_MS);
  }
};

/** Asks again, with the same key, for everything whose outcome nobody was told. Returns how many those were. */
export const resolveUnknown = async (resolution: Resolution): Promise<number> => {
  const unknown = resolution.history.commands.filter(isUnknown);
  const queue = unknown.values();
  const work = async (): Promise<void> => {
    for (const command of queue) await settle(command, resolution);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return unknown.length;
};
