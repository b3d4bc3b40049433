import type { Evidence } from './evidence.ts';
import type { Event, Line } from './records.ts';

/** The events of one order, by type; `ChargeFailed` is a PaymentFailed that decides nothing. */
export interface OrderStory {
  readonly id: string;
  readonly events: readonly Event[];
  readonly of: (type: string) => readonly Event[];
  readonly has: (type: string) => boolean;
}

/** A charge that came to nothing after its order was over is no failure of the order: it stands under a name of its own. */
const meaningOf = ({ type, data }: Event): string =>
  type === 'PaymentFailed' && data.reason === 'ORDER_OVER' ? 'ChargeFailed' : type;

const storyOf = (id: string, events: readonly Event[]): OrderStory => {
  const byType = Map.groupBy(events, meaningOf);
  const of = (type: string): readonly Event[] => byType.get(type) ?? [];
  return { id, events, of, has: (type) => of(type).length > 0 };
};

/** Every order that was created, with its story. What other services said of unknown orders is left out. */
export const storiesOf = ({ byAggregate }: Evidence): readonly OrderStory[] =>
  [...byAggregate]
    .filter(([id, events]) => id.startsWith('order_') && !id.startsWith('order_forged_') && events.length > 0)
    .map(([id, events]) => storyOf(id, events));

/** Whether stock went back: an answer without lines gives back nothing. */
export const gaveBack = (story: OrderStory): boolean =>
  story.of('StockCompensated').some(({ data }) => (data.lines ?? []).length > 0);

/** The order's status as the saga's rules have it. Source: events.md. */
export const statusOf = (story: OrderStory): string => {
  if (story.has('OrderRejected')) return 'REJECTED';
  if (story.has('OrderConfirmed')) return 'CONFIRMED';
  if (story.has('OrderCancelled') || story.has('PaymentFailed')) {
    return story.has('StockCompensated') || story.has('StockReservationFailed') ? 'CANCELLED' : 'COMPENSATING';
  }
  return story.has('StockReserved') ? 'AWAITING_PAYMENT' : 'PENDING';
};

/** Quantity by product: lines may name a product several times. */
export const quantities = (lines: readonly Line[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { product_id, quantity } of lines) sums.set(product_id, (sums.get(product_id) ?? 0) + quantity);
  return sums;
};

export const describeLines = (lines: readonly Line[] | undefined): string =>
  [...quantities(lines ?? [])]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([productId, quantity]) => `${quantity} × ${productId}`)
    .join(', ');
