import type { GroupState } from '../bus/index.ts';
import type { Role } from '../platform/index.ts';
import type { DeadLetterCount } from './dead-letter-counts.ts';

/** A group that panier reads a stream as, and the role that does. */
export interface OwnGroup {
  readonly stream: string;
  readonly group: string;
  readonly role: Role;
}

/** A consumer group on one stream. What is null Redis does not know. */
export interface ConsumerGroup extends OwnOrStrange, Counted {
  readonly stream: string;
  readonly group: string;
  /** Age of the oldest entry that it was given and has not handled; 0: none. */
  readonly pendingSeconds: number | null;
  /** Open dead letters. */
  readonly deadLetters: number;
}

interface OwnOrStrange {
  /** The role of panier's that reads as it; null: another service does. */
  readonly role: Role | null;
}

type Counted = {
  readonly [Name in 'lag' | 'pending' | 'deliveries' | 'consumers' | 'behindSeconds']: number | null;
};

/** There is no such group, nor anything on its stream that it lacks. */
const ABSENT: Counted = { lag: null, pending: null, deliveries: null, consumers: null, behindSeconds: null };

const countedIn = (state: GroupState | undefined): Counted => {
  if (state === undefined) return ABSENT;
  const { lag, pending, deliveries, consumers, behindMs } = state;
  return { lag, pending, deliveries, consumers, behindSeconds: behindMs / 1_000 };
};

/** What is pending is older than what it has not been given. */
const withPending = (counted: Counted): Counted & Pick<ConsumerGroup, 'pendingSeconds'> => ({
  ...counted,
  pendingSeconds: counted.pending === 0 || counted.pending === null ? counted.pending : counted.behindSeconds,
});

interface Seen {
  readonly states: readonly GroupState[];
  readonly deadLetters: readonly DeadLetterCount[];
}

/** panier's own groups, as given, whether Redis has them or not; then those of others, as Redis has them. */
export const consumerGroupsOf = (own: readonly OwnGroup[], { states, deadLetters }: Seen): readonly ConsumerGroup[] => {
  const keyOf = ({ stream, group }: Pick<OwnGroup, 'stream' | 'group'>): string => `${stream}\n${group}`;
  const found = new Map(states.map((state) => [keyOf(state), state]));
  const letters = new Map(deadLetters.map((count) => [keyOf(count), count.open]));
  const known = new Set(own.map(keyOf));
  const strange = states.filter((state) => !known.has(keyOf(state)));
  return [...own, ...strange.map(({ stream, group }) => ({ stream, group, role: null }))].map((each) => ({
    stream: each.stream,
    group: each.group,
    role: each.role,
    ...withPending(countedIn(found.get(keyOf(each)))),
    deadLetters: letters.get(keyOf(each)) ?? 0,
  }));
};
