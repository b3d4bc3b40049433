import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onOneServer } from '../../harness/support/one-server.ts';
import { orderHistory, recorded } from '../../harness/support/recorded.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Database, migrate, openDatabase, statement } from '../database/index.ts';
import {
  type Envelope,
  EVENT_COLUMN_NAMES,
  encodeEntry,
  envelop,
  eventArrayParameters,
  eventArrays,
  PRODUCERS,
  type Recorded,
  sealBy,
} from '../events/index.ts';
import { outcomesOf, readDelivery } from './delivery.ts';
import { type Forgeries, forgeriesIn } from './forgeries.ts';

const RECORD = (journal: 'write' | 'saga', received: boolean) =>
  statement(`insert into ${journal}.journal (sequence, heard, ${EVENT_COLUMN_NAMES})
    select nth, ${received}, ${EVENT_COLUMN_NAMES} from unnest(${eventArrayParameters(1)})
      with ordinality as event (${EVENT_COLUMN_NAMES}, nth)`);

let database: Database;
let opened: AsyncDisposableStack;
let forgeries: Forgeries;
const seal = sealBy('a key');

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const { url } = opened.use(await testDatabase());
  database = opened.use(openDatabase({ url, name: 'forgeries test', maxConnections: 2 }));
  await migrate(database.db);
  forgeries = forgeriesIn(onOneServer(database.db), seal);
});
afterAll(() => opened.disposeAsync());

const journal = (which: 'write' | 'saga', events: readonly Recorded[], received = false) =>
  RECORD(which, received)(database.db, eventArrays(events.map(({ envelope }) => envelope)));

const isOf =
  (producer: string) =>
  ({ envelope }: Recorded): boolean =>
    envelope.producer === producer;

const copied = ({ envelope, event }: Recorded, changes: Partial<Envelope>): Recorded => ({
  envelope: { ...envelope, ...changes },
  event,
});

const sealed = (orderId: string): Recorded =>
  envelop(
    { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1`, seal },
    {
      event: { type: 'OrderConfirmed', data: { orderId } },
      aggregateId: orderId,
      sequence: 1,
      version: 1,
      causationId: null,
      traceparent: null,
    },
    '2026-01-02T03:04:05.678Z',
  );

describe('an event in the name of a service of panier', () => {
  it('is its own when it is in its journal, and a forgery when it is in none', async () => {
    const own = orderHistory('order_journaled', 'Confirmed');
    await journal('write', own.filter(isOf(PRODUCERS.api)));
    await journal('saga', own.filter(isOf(PRODUCERS.saga)));
    const forged = orderHistory('order_forged', 'Confirmed');
    expect(await forgeries([...own, ...forged])).toEqual(new Set(forged));
  });

  it('is its own when it bears its seal, without a question to the database', async () => {
    const unasked = forgeriesIn(onOneServer({ executeQuery: () => Promise.reject(new Error('asked')) }), seal);
    expect(await unasked([sealed('order_sealed')])).toEqual(new Set());
    await expect(unasked([copied(sealed('order_sealed'), { type: 'OrderCancelled' })])).rejects.toThrow('asked');
  });

  it('is a forgery when it was only received', async () => {
    const received = orderHistory('order_heard', 'Rejected').slice(0, 1);
    await journal('write', received, true);
    expect(await forgeries(received)).toEqual(new Set(received));
  });

  it('is not taken along by a copy that bears its id, in one delivery', async () => {
    const [own, other] = [sealed('order_copied'), sealed('order_other')];
    await journal('write', [own]);
    const { eventId } = own.envelope;
    const ofAnother = copied(other, { eventId });
    const ofStranger = recorded(
      { type: 'PaymentFailed', data: { orderId: 'order_copied', reason: 'x', message: 'x' } },
      { producer: 'shop-service', eventId },
    );
    const honest = recorded(
      { type: 'PaymentFailed', data: { orderId: 'order_copied', reason: 'x', message: 'x' } },
      { producer: 'shop-service' },
    );
    const all = [ofStranger, own, ofAnother, honest];
    expect(await forgeries(all)).toEqual(new Set([ofStranger, ofAnother]));
    const entries = all.map(({ envelope }, nth) => ({
      stream: envelope.stream,
      id: `${nth}-0`,
      fields: encodeEntry(envelope),
    }));
    const handled: Recorded[] = [];
    const handle = async (batch: readonly Recorded[]): Promise<void> => void handled.push(...batch);
    const outcomes = await outcomesOf(readDelivery(entries), { handle, forgeries });
    expect(entries.map((entry) => outcomes.get(entry)?.type)).toEqual(['Malformed', 'Done', 'Malformed', 'Done']);
    expect(handled.map(({ envelope }) => envelope.eventId)).toEqual([eventId, honest.envelope.eventId]);
  });
});
