import { beforeEach, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../src/events/index.ts';
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

  it('see a command that nobody was answered', () => {
    history.unanswered.set('k', 'payOrder');
    expect(rules()).toEqual(['every command is answered']);
  });

  it('see a mistake that was carried out', () => {
    answered({ command: 'cancelOrder of what is no order', asked: { isMistake: true } });
    expect(rules()).toEqual(['mistakes are refused']);
  });
});
