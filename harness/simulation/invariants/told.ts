import type { Envelope, JsonObject } from '../../../src/events/index.ts';
import type { MemoryDatabase } from '../memory/database.ts';
import { STRANGER } from '../shop/stranger.ts';

/** One event as its journal has it; of what it holds only the wire's JSON is used, so that nothing of panier's decoding is believed. */
export interface Told {
  readonly position: number;
  readonly sequence: number;
  readonly envelope: Envelope;
}

/** All that was ever published: the own events of both journals. */
export const allTold = ({ write, saga }: MemoryDatabase): readonly Told[] =>
  [write, saga].flatMap(({ rows }) => [...rows.committed.values()].filter(({ received }) => !received));

/** What somebody else said of an order. */
export type Foreign = Pick<Told, 'envelope'>;

/** Everything in the event store that others said. */
export const allForeign = ({ events }: MemoryDatabase): readonly Foreign[] =>
  [...events.committed.values()].filter(({ envelope }) => envelope.producer === STRANGER);

/** What was told of one order. */
export interface OrderStory {
  readonly id: string;
  readonly events: readonly Told[];
}

export const ordersOf = (told: readonly Told[]): readonly OrderStory[] =>
  [
    ...Map.groupBy(
      told.filter(({ envelope }) => envelope.aggregateType === 'Order'),
      ({ envelope }) => envelope.aggregateId,
    ),
  ].map(([id, events]) => ({ id, events }));

export const of = ({ events }: OrderStory, type: string): readonly Told[] =>
  events.filter(({ envelope }) => envelope.type === type);

export const has = (story: OrderStory, type: string): boolean => of(story, type).length > 0;

/** Quantities by product, of the `lines` of an event. */
export const linesOf = ({ envelope }: Told): ReadonlyMap<string, number> => {
  const quantities = new Map<string, number>();
  for (const line of envelope.data['lines'] as readonly JsonObject[]) {
    const productId = line['product_id'] as string;
    quantities.set(productId, (quantities.get(productId) ?? 0) + Number(line['quantity']));
  }
  return quantities;
};

export const sameLines = (one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean =>
  one.size === other.size && [...one].every(([productId, quantity]) => other.get(productId) === quantity);

/** Whether something was given back: StockCompensated without lines says that nothing was, or will be. */
const isGivenBack = (story: OrderStory): boolean =>
  of(story, 'StockCompensated').some((compensated) => linesOf(compensated).size > 0);

export type Outcome = 'CONFIRMED' | 'REJECTED' | 'CANCELLED' | 'OPEN';

/** The owner's words that decide the order: a charge that came to nothing after the end decides nothing. */
export const endsOf = (story: OrderStory): readonly Told[] => [
  ...of(story, 'OrderConfirmed'),
  ...of(story, 'OrderRejected'),
  ...of(story, 'OrderCancelled'),
  ...of(story, 'PaymentFailed').filter(({ envelope }) => envelope.data['reason'] !== 'ORDER_OVER'),
];

/** What became of the order, by its events alone, in whatever order they came. Source: events.md. */
export const outcomeOf = (story: OrderStory): Outcome => {
  const isFailed = endsOf(story).some(({ envelope }) => envelope.type !== 'OrderConfirmed');
  if (has(story, 'OrderRejected')) return 'REJECTED';
  if (has(story, 'OrderConfirmed') && !isGivenBack(story)) return 'CONFIRMED';
  const isSettled = has(story, 'StockCompensated') || has(story, 'StockReservationFailed');
  return isFailed && isSettled ? 'CANCELLED' : 'OPEN';
};
