import { sleep } from '../../../src/platform/index.ts';
import type { Member } from '../stage/index.ts';
import { type Fault, seconds } from './fault.ts';

const HOUR_MS = 3_600_000;
const STARVED_MS = 50;

const restartWith = async (member: Member, skewMs: number): Promise<void> => {
  member.setClock(skewMs);
  member.terminate();
  await member.untilEnded();
  await member.untilReady();
};

/** One process is an hour ahead or behind for a while. */
export const skew: Fault = {
  place: 'processes',
  strike: async ({ stage, random }) => {
    const member = random.pick(stage.members);
    const isAhead = random.chance(0.5);
    const ms = random.between(5_000, 12_000);
    await restartWith(member, isAhead ? HOUR_MS : -HOUR_MS);
    await sleep(ms);
    await restartWith(member, 0);
    return `${member.name} was an hour ${isAhead ? 'ahead' : 'behind'} for ${seconds(ms)}`;
  },
};

/** One process gets the processor every other moment only. */
export const starve: Fault = {
  place: 'processes',
  strike: async ({ stage, random }) => {
    const member = random.pick(stage.members);
    const ms = random.between(4_000, 12_000);
    const end = performance.now() + ms;
    while (performance.now() < end) {
      member.pause();
      await sleep(STARVED_MS);
      member.resume();
      await sleep(STARVED_MS);
    }
    return `${member.name} starved for ${seconds(ms)}`;
  },
};
