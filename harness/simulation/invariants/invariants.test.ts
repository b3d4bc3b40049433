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
import { History } from '../shop/history.ts';
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
    const { envelope } = recorded(event, { version: index + 1 });
    database.write.insert(tx, { sequence: index + 1, received: false, envelope });
    const stored = { ...recorded(event), envelope, position: BigInt(index + 1), partition: 0 };
    tx.write(database.events, envelope.eventId, stored);
  }
  tx.commit();
  database.write.outbox.committed.clear();
};

const rules = (): readonly string[] => {
  const bus = new MemoryBus(
    () => 0,
    () => {},
  );
  return [
    ...new Set(
      violationsOf({ database, bus, provider, inventory, history, followed: new Set() }).map(({ rule }) => rule),
    ),
  ];
};

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
    history.answers.push({ key: 'k', command: 'checkOut', id: 'order_1', version: null, text: 'ok' });
    history.answers.push({ key: 'k', command: 'checkOut', id: 'order_2', version: null, text: 'ok' });
    expect(rules()).toContain('one key, one answer');
  });

  it('see that what was acknowledged is not there', () => {
    history.answers.push({ key: 'k', command: 'createCart', id: 'cart_9', version: 1, text: 'ok' });
    expect(rules()).toEqual(['acknowledged is durable']);
  });
});
