import { describe, expect, it } from 'vitest';
import { type Outcome, orderHistory, recorded } from '../../../harness/support/recorded.ts';
import {
  type EventType,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type Recorded,
} from '../../events/index.ts';
import { customersTurnMs } from './customers-turn.ts';

const STEP_MS = 1_000;
const BEGAN_MS = Date.UTC(2026, 0, 2);

/** The facts of these events, a second apart. */
const factsOf = (events: readonly OrderEvent[]): OrderFacts =>
  events
    .map((event, nth) => recorded(event, { occurredAt: new Date(BEGAN_MS + nth * STEP_MS).toISOString() }))
    .reduce(learn, NOTHING_KNOWN);

const eventsOf = (outcome: Outcome): readonly OrderEvent[] =>
  (orderHistory('order_1', outcome) as readonly Recorded<OrderEvent>[]).map(({ event }) => event);

const withoutMethod = (event: OrderEvent): OrderEvent =>
  event.type === 'OrderCreated' ? { ...event, data: { ...event.data, methodKind: null } } : event;

const without = (type: EventType) => (event: OrderEvent) => event.type !== type;

const PENDING: OrderEvent = {
  type: 'PaymentPending',
  data: { orderId: 'order_1', waitsFor: 'CUSTOMER' },
};

describe("the time in which it is the customer's turn", () => {
  it.each(['Confirmed', 'Rejected', 'Declined'] as const)(
    'is none where the method came with the checkout, as of an order that ends %s',
    (outcome) => expect(customersTurnMs(factsOf(eventsOf(outcome)))).toBe(0),
  );

  it('goes from the reservation to the request, where the method comes later', () => {
    expect(customersTurnMs(factsOf(eventsOf('Confirmed').map(withoutMethod)))).toBe(STEP_MS);
  });

  it('goes on to the outcome of a charge that is pending', () => {
    const [created, stock, requested, ...rest] = eventsOf('Confirmed') as readonly [OrderEvent, OrderEvent, OrderEvent];
    const events = [created, stock, requested, PENDING, ...rest];
    expect(customersTurnMs(factsOf(events))).toBe(2 * STEP_MS);
    expect(customersTurnMs(factsOf(events.map(withoutMethod)))).toBe(3 * STEP_MS);
  });

  it('ends with the payment of another service, or with the reservation', () => {
    const byOther = eventsOf('Confirmed').map(withoutMethod).filter(without('PaymentRequested'));
    expect(customersTurnMs(factsOf(byOther))).toBe(STEP_MS);
    const expired = eventsOf('Declined').map(withoutMethod).filter(without('PaymentRequested'));
    expect(customersTurnMs(factsOf(expired))).toBe(STEP_MS);
  });

  it('is none before there is anything to pay for', () => {
    expect(customersTurnMs(factsOf(eventsOf('Rejected').map(withoutMethod)))).toBe(0);
    expect(customersTurnMs(factsOf(eventsOf('Confirmed').map(withoutMethod).slice(0, 2)))).toBe(0);
  });
});
