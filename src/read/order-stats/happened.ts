import type { OrderFacts, OrderStatus } from '../../events/index.ts';
import { binOf } from './bins.ts';
import { ENDINGS, type Ending, type Happening, type OrderTally, seriesOf } from './tables.ts';
import { BUCKETS, bucketAt, TOOK_BUCKETS } from './windows.ts';

/** What an order is counted by; as a whole a function of the set of its events. */
export interface Countable {
  readonly facts: OrderFacts;
  readonly status: OrderStatus;
}

/** What happened to an order, when, and how long after its checkout that was. */
export interface Happened {
  readonly what: Happening;
  readonly at: string;
  readonly tookMs: number;
}

/** When it came to its end: when the last was said of what such an end takes. */
const endedAt = (facts: OrderFacts, ending: Ending): string | undefined => {
  const { confirmed, rejected, cancelled, paymentFailed, reservationFailed, compensated } = facts;
  const said =
    ending === 'CONFIRMED' ? [confirmed] : [rejected, cancelled, paymentFailed, reservationFailed, compensated];
  const instants = said.flatMap((fact) => fact?.occurredAt ?? []);
  return instants.toSorted((one, other) => Date.parse(one) - Date.parse(other)).at(-1);
};

/** Nothing while its OrderCreated is unknown. */
export const happenedTo = ({ facts, status }: Countable): readonly Happened[] => {
  const createdAt = facts.created?.occurredAt;
  if (createdAt === undefined) return [];
  const created: Happened = { what: 'CREATED', at: createdAt, tookMs: 0 };
  const ending = ENDINGS.find((each) => each === status);
  if (ending === undefined) return [created];
  const at = endedAt(facts, ending) ?? createdAt;
  return [created, { what: ending, at, tookMs: Date.parse(at) - Date.parse(createdAt) }];
};

const isSame = (one: Happened, other: Happened): boolean =>
  one.what === other.what && one.at === other.at && one.tookMs === other.tookMs;

/** Those of the first that are not among the others. */
export const without = (all: readonly Happened[], others: readonly Happened[]): readonly Happened[] =>
  all.filter((each) => !others.some((other) => isSame(each, other)));

/** Where it is counted: once in the buckets of each length. */
export const talliesOf = ({ what, at, tookMs }: Happened, orders: number): readonly OrderTally[] => [
  ...BUCKETS.map(({ seconds }) => ({
    series: seriesOf('count', what, seconds),
    at: bucketAt(at, seconds),
    bin: 0,
    orders,
  })),
  ...(what === 'CREATED' ? [] : TOOK_BUCKETS).map(({ seconds }) => ({
    series: seriesOf('took', what, seconds),
    at: bucketAt(at, seconds),
    bin: binOf(tookMs),
    orders,
  })),
];
