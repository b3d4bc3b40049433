import { beforeEach, describe, expect, it } from 'vitest';
import type { DomainEvent, Envelope } from '../../../src/events/index.ts';
import { Random } from '../../support/random.ts';
import { recorded } from '../../support/recorded.ts';
import { Scheduler } from '../engine/scheduler.ts';
import { Trace } from '../engine/trace.ts';
import { MemoryBus } from '../memory/bus.ts';
import { MemoryDatabase } from '../memory/database.ts';
import { InventoryLedger } from '../memory/inventory.ts';
import { ProviderLedger } from '../memory/provider.ts';
import { type Answered, History } from '../shop/history.ts';
import { violationsOf } from './index.ts';

let database: MemoryDatabase;
let history: History;
const provider = new ProviderLedger();
const inventory = new InventoryLedger();

beforeEach(() => {
  database = new MemoryDatabase(new Scheduler(new Random(1), new Trace({ keepsLines: false })));
  history = new History();
});

const tell = (...events: readonly DomainEvent[]): void => {
  const tx = database.begin();
  for (const [index, event] of events.entries()) {
    const ofCart = event.type.startsWith('Cart') && { aggregateId: 'cart_1' };
    const { envelope } = recorded(event, { version: index + 1, ...ofCart });
    database.write.insert(tx, { sequence: index + 1, received: false, envelope });
    const stored = { ...recorded(event), envelope, position: BigInt(index + 1), partition: 0 };
    tx.write(database.events, envelope.eventId, stored);
  }
  tx.commit();
  database.write.outbox.committed.clear();
};

const answered = (answer: Pick<Answered, 'command'> & Partial<Answered>): void =>
  void history.answers.push({ key: 'k', asked: {}, id: null, version: null, text: 'ok', ...answer });

const violations = () => {
  const bus = new MemoryBus(
    () => 0,
    () => {},
  );
  return violationsOf({ database, bus, provider, inventory, history, followed: new Set() });
};

const rules = (): readonly string[] => [...new Set(violations().map(({ rule }) => rule))];

const unasked = (): readonly string[] =>
  violations()
    .filter(({ rule }) => rule === 'nothing unasked')
    .map(({ what }) => what);

const COMMANDS: Readonly<Record<string, string>> = {
  CartCreated: 'createCart',
  CartItemAdded: 'addCartItem',
  OrderCreated: 'checkOut',
};

const askedFor = ({ type, aggregateId: id, version }: Envelope) => ({ command: COMMANDS[type] ?? '', id, version });

const orderId = 'order_1';
const created: DomainEvent = {
  type: 'OrderCreated',
  data: {
    orderId,
    cartId: 'cart_1',
    customerId: null,
    sessionId: null,
    currency: 'EUR',
    lines: [{ productId: 'prod_1', quantity: 2, unitPrice: '10.50' }],
    totalAmount: '21.00',
    methodKind: null,
  },
};
const cancelled: DomainEvent = { type: 'OrderCancelled', data: { orderId, reason: 'no' } };
const confirmed: DomainEvent = { type: 'OrderConfirmed', data: { orderId } };
const requested: DomainEvent = {
  type: 'PaymentRequested',
  data: { orderId, amount: '21.00', currency: 'EUR', methodKind: 'CARD', attempt: 1 },
};
const compensated: DomainEvent = { type: 'StockCompensated', data: { orderId, lines: [] } };

const cartCreated: DomainEvent = {
  type: 'CartCreated',
  data: { customerId: null, sessionId: null, currency: 'EUR' },
};
const itemAdded = (quantity: number, other: { readonly productId?: string; readonly unitPrice?: string } = {}) =>
  ({
    type: 'CartItemAdded',
    data: { cartItemId: '1', productId: 'prod_1', quantity, unitPrice: '10.50', ...other },
  }) as const;
const grownTo = (quantity: number) =>
  ({ type: 'CartItemQuantityChanged', data: { cartItemId: '1', quantity } }) as const;
const delivered = (delta: number) =>
  ({ type: 'StockAdjusted', data: { productId: 'prod_1', delta, reason: null } }) as const;
const addition = {
  command: 'addCartItem',
  id: 'cart_1',
  asked: { cartId: 'cart_1', productId: 'prod_1', quantity: 2 },
} as const;

describe('the invariants', () => {
  it('hold in an empty shop', () => {
    expect(rules()).toEqual([]);
  });

  it('see an order that never ends', () => {
    tell(created);
    expect(rules()).toContain('every order is final');
  });

  it('see two ends of an order', () => {
    tell(created, cancelled, confirmed, compensated);
    expect(rules()).toContain('one end');
  });

  it('see what is compensated twice', () => {
    tell(created, cancelled, compensated, compensated);
    expect(rules()).toContain('one effect per order');
  });

  it('see an event that the event store does not have', () => {
    tell(created, cancelled, compensated);
    database.events.committed.clear();
    expect(rules()).toContain('journal = event store');
  });

  it('see money that is kept for nothing', () => {
    tell(created, cancelled, compensated);
    provider.charge({ idempotencyKey: 'k', orderId, amount: '21.00', currency: 'EUR', paymentMethod: 'pm_card_visa' });
    expect(rules()).toContain('the money is right');
  });

  it('see two answers to one key', () => {
    answered({ command: 'checkOut', id: 'order_1' });
    answered({ command: 'checkOut', id: 'order_2' });
    expect(rules()).toContain('one key, one answer');
  });

  it('see that what was acknowledged is not there', () => {
    answered({ command: 'createCart', id: 'cart_9', version: 1 });
    expect(rules()).toEqual(['acknowledged is durable']);
  });

  it('let an addition be a new line, or more of one that is there', () => {
    tell(cartCreated, itemAdded(2), grownTo(5));
    answered({ ...addition, version: 2 });
    answered({ ...addition, key: 'other', asked: { ...addition.asked, quantity: 3 }, version: 3 });
    expect(rules()).not.toContain('acknowledged is durable');
  });

  it.each([
    ['of less than was asked for', [itemAdded(1)], 2],
    ['of another product', [itemAdded(2, { productId: 'prod_2' })], 2],
    ['at another price', [itemAdded(2, { unitPrice: '9.50' })], 2],
    ['that is not the event which was answered', [itemAdded(2)], 3],
    ['by which the line did not grow so much', [itemAdded(2), grownTo(3)], 3],
  ] as const)('see an addition %s', (_, events, version) => {
    tell(cartCreated, ...events);
    answered({ ...addition, version });
    expect(rules()).toContain('acknowledged is durable');
  });

  it('see two additions that are one', () => {
    tell(cartCreated, itemAdded(2));
    for (const key of ['a', 'b']) answered({ ...addition, key, version: 2 });
    expect(rules()).toContain('each addition counts');
  });

  it('see an order of another cart than was asked for', () => {
    tell(created, cancelled, compensated);
    answered({ command: 'checkOut', id: orderId, asked: { cartId: 'cart_2' }, version: 1 });
    expect(rules()).toContain('acknowledged is durable');
  });

  it('see a delivery that came in twice', () => {
    tell(delivered(3), delivered(3));
    answered({ command: 'adjustStock', id: 'prod_1', asked: { productId: 'prod_1', delta: 3 } });
    expect(rules()).toContain('deliveries count');
  });

  it.each([
    ['a cart', [cartCreated]],
    ['an addition', [cartCreated, itemAdded(2)]],
    ['an order', [created]],
    ['a payment', [created, requested]],
    ['a cancellation', [created, { ...cancelled, data: { orderId, reason: 'cancelled by the customer' } }]],
    ['a rejection', [created, { type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } }]],
    ['a decline', [created, { type: 'PaymentFailed', data: { orderId, reason: 'PAYMENT_DECLINED', message: 'no' } }]],
  ] as const)('see %s that nobody asked for', (_, events) => {
    tell(...events);
    const [last] = events.toReversed();
    for (const { envelope } of database.write.rows.committed.values())
      if (envelope.type !== last?.type) answered(askedFor(envelope));
    expect(unasked()).toEqual([`nobody asked for ${last?.type} v${events.length}`]);
  });

  it.each([
    ['fewer were there than it wanted', 3, 0],
    ['as many were there as it wanted', 2, 1],
  ])('judge an order that was refused though %s', (_, wanted, times) => {
    const shortages = [{ productId: 'prod_1', requested: wanted, available: 2 }];
    tell(created, delivered(2), { type: 'StockReservationFailed', data: { orderId, ok: false, shortages } });
    const stock = { productId: 'prod_1', available: 2, reserved: 0, sold: 0 };
    const tx = database.begin();
    tx.write(database.stock, 'prod_1', stock);
    tx.commit();
    expect(rules().filter((rule) => rule === 'shortages are true')).toHaveLength(times);
  });

  it('see a refusal for which there is no reason', () => {
    answered({ command: 'addCartItem', text: 'NOT_FOUND' });
    expect(rules()).toEqual(['refusals are plausible']);
  });

  it('see a command that nobody was answered', () => {
    history.unanswered.set('k', 'payOrder');
    expect(rules()).toEqual(['every command is answered']);
  });

  it('see a mistake that was carried out', () => {
    answered({ command: 'cancelOrder of what is no order', asked: { isMistake: true } });
    expect(rules()).toEqual(['mistakes are refused']);
  });
});
