import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { CLAIM_IDLE_MS, type Member } from '../stage/index.ts';
import { type Fault, seconds } from './fault.ts';

const MAX_PAUSE_MS = 14_000;
/** How often it is one whose deliveries others have to claim. */
const CONSUMER = 0.75;
/** How often it is all that have its roles. */
const TROUPE = 0.3;

/** Without an answer from PostgreSQL it is surely in the middle of whatever it does. */
const getStuck = async (members: readonly Member[], ms: number): Promise<void> => {
  for (const { options } of members) options.links.postgres.become({ type: 'BlackHole' });
  await sleep(ms);
};

/** kill -9; its supervisor starts it again within three seconds. */
export const kill: Fault = {
  place: 'processes',
  strike: async ({ stage, random }) => {
    const victims = random.shuffle(stage.members).slice(0, random.chance(0.2) ? 2 : 1);
    const isStuck = random.chance(0.6);
    if (isStuck) await getStuck(victims, random.between(100, 800));
    for (const member of victims) member.kill();
    await Promise.all(victims.map((member) => member.untilEnded()));
    for (const { options } of victims) options.links.postgres.heal();
    await Promise.all(victims.map((member) => member.untilReady()));
    const names = victims.map(({ name }) => name).join(' and ');
    return `kill -9 of ${names}${isStuck ? ' in the middle of its work' : ''}`;
  },
};

/** Ended politely and started again, as in a rollout. */
export const restart: Fault = {
  place: 'processes',
  strike: async ({ stage, random }) => {
    const member = random.pick(stage.members);
    const startedAt = performance.now();
    member.terminate();
    await member.untilEnded();
    const ms = performance.now() - startedAt;
    await member.untilReady();
    return `${member.name} stopped in ${seconds(ms)} and started again`;
  },
};

const consumersOf = (members: readonly Member[]): readonly Member[] =>
  members.filter(({ options }) => options.url === null);

const freeze = async (frozen: readonly Member[], random: Random): Promise<string> => {
  const ms = random.between(CLAIM_IDLE_MS + 1_500, MAX_PAUSE_MS);
  for (const member of frozen) member.pause();
  await sleep(ms);
  for (const member of frozen) member.resume();
  return `${frozen.map(({ name }) => name).join(' and ')} frozen for ${seconds(ms)}`;
};

/** All that share the roles of one of them: their streams grow meanwhile, and nobody reads. */
const troupeOf = (members: readonly Member[], one: Member): readonly Member[] =>
  members.filter(({ options }) => options.roles.join() === one.options.roles.join());

/** Others have to claim what it was given: it surely consumes. */
export const freezeConsumer: Fault = {
  place: 'processes',
  strike: ({ stage, random }) => freeze([random.pick(consumersOf(stage.members))], random),
};

/** Frozen for longer than its deliveries and its lead may rest: others take over, and then it wakes up. */
export const pause: Fault = {
  place: 'processes',
  strike: ({ stage: { members }, random }) => {
    const member = random.pick(random.chance(CONSUMER) ? consumersOf(members) : members);
    return freeze(random.chance(TROUPE) ? troupeOf(members, member) : [member], random);
  },
};
