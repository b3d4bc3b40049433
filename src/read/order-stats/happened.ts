import type { OrderFacts, OrderStatus } from '../../events/index.ts';
import { ENDINGS, type Ending, type Happening } from './tables.ts';

/** What an order is counted by; as a whole a function of the set of its events. */
export interface Countable {
  readonly facts: OrderFacts;
  readonly status: OrderStatus;
}

/** What happened to an order, when, and how long after its checkout that was; in milliseconds. */
export interface Happened {
  readonly what: Happening;
  readonly atMs: number;
  readonly tookMs: number;
}

/** When it came to its end: when the last was said of what such an end takes. */
const endedAtMs = (facts: OrderFacts, ending: Ending): number => {
  const { confirmed, rejected, cancelled, paymentFailed, reservationFailed, compensated } = facts;
  const said =
    ending === 'CONFIRMED' ? [confirmed] : [rejected, cancelled, paymentFailed, reservationFailed, compensated];
  return Math.max(...said.flatMap((fact) => (fact === null ? [] : Date.parse(fact.occurredAt))));
};

/** Nothing while its OrderCreated is unknown. */
export const happenedTo = ({ facts, status }: Countable): readonly Happened[] => {
  if (facts.created === null) return [];
  const createdMs = Date.parse(facts.created.occurredAt);
  const created: Happened = { what: 'CREATED', atMs: createdMs, tookMs: 0 };
  const ending = ENDINGS.find((each) => each === status);
  if (ending === undefined) return [created];
  // An end that nobody told of, as no reading of facts has it, would be at no time.
  const atMs = Math.max(createdMs, endedAtMs(facts, ending));
  return [created, { what: ending, atMs, tookMs: atMs - createdMs }];
};

const isSame = (one: Happened, other: Happened): boolean =>
  one.what === other.what && one.atMs === other.atMs && one.tookMs === other.tookMs;

/** Those of the first that are not among the others. */
export const without = (all: readonly Happened[], others: readonly Happened[]): readonly Happened[] =>
  all.filter((each) => !others.some((other) => isSame(each, other)));
