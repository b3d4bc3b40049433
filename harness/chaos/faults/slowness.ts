import { sleep } from '../../../src/platform/index.ts';
import { ask } from '../shop/index.ts';
import type { Member } from '../stage/index.ts';
import { type Fault, seconds } from './fault.ts';

const HOUR_MS = 3_600_000;
const STARVED_MS = 50;
const LOOK_MS = 200;

const restartWith = async (member: Member, skewMs: number): Promise<void> => {
  member.setClock(skewMs);
  member.terminate();
  await member.untilEnded();
  await member.untilReady();
};

const isServed = async (url: string): Promise<boolean> => {
  const question = { url, customerId: 'customer_in_time', query: '{ __typename }' };
  const reply = await ask(question).catch(() => null);
  return reply?.data?.['__typename'] === 'Query';
};

/** A gateway that refuses everybody by its clock would prove nothing of it. @throws when nobody was answered in that time */
const serve = async ({ name, options: { url } }: Member, ms: number): Promise<void> => {
  const endsAt = performance.now() + ms;
  let isServing = url === null;
  while (performance.now() < endsAt) {
    isServing ||= url !== null && (await isServed(url));
    await sleep(LOOK_MS);
  }
  if (!isServing) throw new Error(`${name} answered nobody while its clock was wrong`);
};

/** One process is an hour ahead or behind for a while. */
export const skew: Fault = {
  place: 'processes',
  strike: async ({ stage, random }) => {
    const member = random.pick(stage.members);
    const isAhead = random.chance(0.5);
    const ms = random.between(5_000, 12_000);
    await restartWith(member, isAhead ? HOUR_MS : -HOUR_MS);
    try {
      await serve(member, ms);
    } finally {
      await restartWith(member, 0);
    }
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
