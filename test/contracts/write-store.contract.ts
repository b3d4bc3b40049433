import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedByAll, customerReach, visitorReach } from '../../harness/support/reach.ts';
import { type DomainEvent, envelop, newId, PRODUCERS, type Reach } from '../../src/events/index.ts';
import type { AppendRequest, Task, WriteStore } from '../../src/write/index.ts';

export type WriteStoreAtWork = AsyncDisposable & {
  readonly store: WriteStore;
  /** How many events of an aggregate wait to be published. */
  readonly queued: (aggregateId: string) => Promise<number>;
};

const WRITER = { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1` };
const RECEIVED_AT = '2026-01-02T03:04:05.678Z';
const KINDS = ['charge', 'expire', 'refund', 'notice'];
const ALL = { kinds: KINDS, limit: 1_000 };

const entryOn = (aggregateId: string, sequence: number, received: boolean): AppendRequest['entries'][number] => {
  const position = { aggregateId, sequence, version: sequence, causationId: null, traceparent: null };
  const event = { type: 'CartItemRemoved', data: { cartItemId: String(sequence) } } as const;
  return { ...envelop(WRITER, { event, ...position }, received ? RECEIVED_AT : ''), sequence, received };
};

/** One event on an aggregate that is expected at a sequence. */
const requestOn = (
  aggregateId: string,
  expectedSequence: number,
  given: Partial<AppendRequest> = {},
): AppendRequest => ({
  heads: [{ aggregateId, expectedSequence }],
  entries: [entryOn(aggregateId, expectedSequence + 1, false)],
  idempotency: null,
  schedule: [],
  unschedule: [],
  methods: { keep: [], forget: [] },
  ...given,
});

/** The first of these events of an aggregate on a new one, in one append. */
const record = (store: WriteStore, aggregateId: string, events: readonly DomainEvent[]) => {
  const entries = events.map((event, index) => {
    const [sequence, causationId, traceparent] = [index + 1, null, null];
    const { envelope } = envelop(
      WRITER,
      { event, aggregateId, sequence, version: sequence, causationId, traceparent },
      '',
    );
    return { envelope, sequence, received: false };
  });
  return store.appendBatch([requestOn(aggregateId, 0, { entries })]);
};

const created = (customerId: string | null, sessionId: string | null): DomainEvent => ({
  type: 'CartCreated',
  data: { customerId, sessionId, currency: 'EUR' },
});

const orderCreated = (orderId: string, customerId: string): DomainEvent => ({
  type: 'OrderCreated',
  data: {
    orderId,
    cartId: 'cart_1',
    customerId,
    sessionId: null,
    currency: 'EUR',
    lines: [{ productId: 'prod_1', quantity: 1, unitPrice: '1.00' }],
    totalAmount: '1.00',
    methodKind: null,
  },
});

const task = (orderId: string, given: Partial<Task> = {}): Task => ({
  kind: 'charge',
  orderId,
  due: { afterMs: 0 },
  payload: { attempt: 1 },
  ...given,
});

const keep = (orderId: string, reference: string) => ({ keep: [{ orderId, reference }], forget: [] });

/** What every `WriteStore` does; the write side relies on nothing else. */
export const describeWriteStore = (adapter: string, open: () => Promise<WriteStoreAtWork>): void => {
  describe(`a write store (${adapter})`, () => {
    let atWork: WriteStoreAtWork;
    let store: WriteStore;
    beforeAll(async () => {
      atWork = await open();
      store = atWork.store;
    });
    afterAll(() => atWork[Symbol.asyncDispose]());

    const sequencesOf = async (id: string): Promise<readonly number[]> =>
      (await store.loadAggregates(askedByAll(id)))[0]?.map(({ sequence }) => sequence) ?? [];
    const seenBy = async (id: string, reaches: readonly Reach[]): Promise<readonly number[]> =>
      (await store.loadAggregates(reaches.map((reach) => ({ id, reach })))).map(({ length }) => length);
    const schedule = (orderId: string, given: Partial<AppendRequest>) =>
      store.appendBatch([requestOn(orderId, 0, { heads: [], entries: [], ...given })]);
    const keptFor = async (orderId: string) => (await store.keptMethods([orderId, 'order_of_nobody'])).get(orderId);
    const claimed = async (orderId: string) =>
      (await store.claimDueTasks(ALL)).filter((each) => each.orderId === orderId);

    describe('the open carts of a customer', () => {
      it('are their own and those of visits that they have claimed, the newest first, and no closed ones', async () => {
        const customerId = newId('Event');
        const [visit, anothers] = [newId('Visit'), newId('Visit')];
        const ids = Array.from({ length: 8 }, () => newId('Cart'));
        const [
          own = '',
          ordered = '',
          merged = '',
          visited = '',
          unclaimed = '',
          named = '',
          latest = '',
          stranger = '',
        ] = ids;
        await record(store, own, [created(customerId, null)]);
        await record(store, ordered, [
          created(customerId, null),
          { type: 'CartCheckedOut', data: { orderId: newId('Order'), totalAmount: '1.00' } },
        ]);
        await record(store, merged, [created(null, visit), { type: 'CartMerged', data: { intoCartId: own } }]);
        await record(store, visited, [created(null, visit), { type: 'CartItemRemoved', data: { cartItemId: '1' } }]);
        await record(store, unclaimed, [created(null, anothers)]);
        await record(store, named, [created(newId('Event'), visit)]);
        for (const [visitorId, whose] of [
          [visit, customerId],
          [anothers, newId('Event')],
        ] as const)
          await record(store, visitorId, [{ type: 'VisitClaimed', data: { visitorId, customerId: whose } }]);
        await record(store, latest, [created(customerId, visit)]);
        await record(store, stranger, [created(null, customerId)]);
        expect(await store.openCartsOf(customerId)).toEqual([
          { id: latest, visitorId: null },
          { id: visited, visitorId: visit },
          { id: own, visitorId: null },
        ]);
        expect(await store.openCartsOf(visit)).toEqual([]);
      });
    });

    describe('what is looked for by its owner', () => {
      it('is found by the customer whose it is, whatever its session, and by nobody else', async () => {
        const [ofBoth, ofNobody, order] = [newId('Cart'), newId('Cart'), newId('Order')];
        await record(store, ofBoth, [
          created('ann', 'visit_1'),
          { type: 'CartItemRemoved', data: { cartItemId: '1' } },
        ]);
        await record(store, ofNobody, [created(null, null)]);
        await record(store, order, [orderCreated(order, 'ann')]);
        const all: readonly Reach[] = [
          customerReach('ann'),
          visitorReach('visit_1'),
          visitorReach('ann'),
          customerReach('eve'),
          'Nothing',
        ];
        expect(await seenBy(ofBoth, all)).toEqual([2, 0, 0, 0, 0]);
        expect(await seenBy(ofNobody, all)).toEqual([0, 0, 0, 0, 0]);
        expect(await seenBy(order, all)).toEqual([1, 0, 0, 0, 0]);
        expect(await seenBy(newId('Cart'), all)).toEqual([0, 0, 0, 0, 0]);
      });

      it('is found by the visitor whose it is, and by the customer who was the first to claim the visit', async () => {
        const [cart, visit] = [newId('Cart'), newId('Visit')];
        const all = [visitorReach(visit), customerReach('ann'), customerReach('eve'), customerReach(visit)];
        await record(store, cart, [created(null, visit)]);
        expect(await seenBy(cart, all)).toEqual([1, 0, 0, 0]);
        const claims = ['ann', 'eve'].map(
          (customerId): DomainEvent => ({ type: 'VisitClaimed', data: { visitorId: visit, customerId } }),
        );
        await record(store, visit, claims);
        expect(await seenBy(cart, all)).toEqual([1, 1, 0, 0]);
      });

      it('is found with events that came before the one that made it', async () => {
        const order = newId('Order');
        const cancelled: DomainEvent = { type: 'OrderCancelled', data: { orderId: order, reason: 'late' } };
        await record(store, order, [cancelled, orderCreated(order, 'ann')]);
        expect(await seenBy(order, [customerReach('ann'), customerReach('eve')])).toEqual([2, 0]);
      });
    });

    describe('appending', () => {
      it('keeps the events of an aggregate in sequence, and has none of what is not there', async () => {
        const [one, unknown] = [newId('Cart'), newId('Cart')];
        await store.appendBatch([requestOn(one, 0), requestOn(one, 1, { heads: [] })]);
        expect(await sequencesOf(one)).toEqual([1, 2]);
        expect((await store.loadAggregates(askedByAll(unknown, one))).map(({ length }) => length)).toEqual([0, 2]);
      });

      it('gives its own events the time of the database, received ones keep theirs and are not published', async () => {
        const [own, received] = [newId('Cart'), newId('Cart')];
        const [row] = await store.appendBatch([
          requestOn(own, 0),
          requestOn(received, 0, { entries: [entryOn(received, 1, true)] }),
        ]);
        const [ofOwn, ofReceived] = await store.loadAggregates(askedByAll(own, received));
        expect(ofOwn?.[0]?.envelope.occurredAt).toBe(row?.occurred_at.toISOString());
        expect(ofReceived?.[0]).toMatchObject({ received: true, envelope: { occurredAt: RECEIVED_AT } });
        expect([await atWork.queued(own), await atWork.queued(received)]).toEqual([1, 0]);
      });

      it('refuses a request alone whose aggregate has moved on, and names what stands in its place', async () => {
        const [moved, other] = [newId('Cart'), newId('Cart')];
        const first = requestOn(moved, 0);
        await store.appendBatch([first]);
        const rows = await store.appendBatch([requestOn(moved, 0), requestOn(other, 0)]);
        expect(rows.map((row) => row.is_overtaken)).toEqual([true, false]);
        expect(rows[0]?.next_event_id).toBe(first.entries[0]?.envelope.eventId);
        expect([await sequencesOf(moved), await sequencesOf(other)]).toEqual([[1], [1]]);
      });

      it('refuses a request whose aggregate has not come that far', async () => {
        const cartId = newId('Cart');
        const [row] = await store.appendBatch([requestOn(cartId, 3)]);
        expect(row).toMatchObject({ is_overtaken: true, next_event_id: null });
        expect(await sequencesOf(cartId)).toEqual([]);
      });

      it('refuses a request alone whose key was used, and gives the first result', async () => {
        const [one, other] = [newId('Cart'), newId('Cart')];
        const idempotency = { key: newId('Event'), requestHash: 'hash', result: { id: one } };
        await store.appendBatch([requestOn(one, 0, { idempotency })]);
        const again = { ...idempotency, requestHash: 'another', result: { id: other } };
        const [repeated, appended] = await store.appendBatch([
          requestOn(one, 1, { idempotency: again }),
          requestOn(other, 0),
        ]);
        expect(repeated).toMatchObject({ request_hash: 'hash', result: { id: one } });
        expect(appended).toMatchObject({ request_hash: null, is_overtaken: false });
        expect([await sequencesOf(one), await sequencesOf(other)]).toEqual([[1], [1]]);
      });

      it('lets one of many win that append in the same place at once, whole, and nothing of the others', async () => {
        const [cartId, beside] = [newId('Cart'), newId('Cart')];
        const attempts = Array.from({ length: 6 }, () => store.appendBatch([requestOn(cartId, 0)]));
        const losing = store.appendBatch([requestOn(beside, 0), requestOn(cartId, 0)]);
        const ends = await Promise.allSettled([...attempts, losing]);
        const refusals = ends.filter((end) => end.status === 'rejected');
        for (const { reason } of refusals) expect(reason).toMatchObject({ code: '23505' });
        expect(await sequencesOf(cartId)).toEqual([1]);
        expect(await sequencesOf(beside)).toEqual(ends.at(-1)?.status === 'rejected' ? [] : [1]);
      });

      it('lets one of two win that use a key at once', async () => {
        const carts = [newId('Cart'), newId('Cart')];
        const idempotency = { key: newId('Event'), requestHash: 'hash', result: {} };
        await Promise.allSettled(carts.map((id) => store.appendBatch([requestOn(id, 0, { idempotency })])));
        const written = await Promise.all(carts.map(sequencesOf));
        expect(written.filter((sequences) => sequences.length > 0)).toHaveLength(1);
      });

      it('refuses an event id that the journal holds', async () => {
        const [one, other] = [newId('Cart'), newId('Cart')];
        const first = requestOn(one, 0);
        await store.appendBatch([first]);
        const { eventId } = first.entries[0]?.envelope ?? { eventId: '' };
        const entry = entryOn(other, 1, true);
        const reused = { ...entry, envelope: { ...entry.envelope, eventId } };
        await expect(store.appendBatch([requestOn(other, 0, { entries: [reused] })])).rejects.toMatchObject({
          code: '23505',
        });
        expect(await store.knownEventIds([eventId, newId('Event')])).toEqual(new Set([eventId]));
      });
    });

    describe('a task', () => {
      it('is taken on when it is due, by one', async () => {
        const orderId = newId('Order');
        await schedule(orderId, { schedule: [task(orderId)] });
        const both = await Promise.all([claimed(orderId), claimed(orderId)]);
        expect(both.flat()).toEqual([
          { orderId, kind: 'charge', payload: { attempt: 1 }, earlierAttempts: 0, isJustWritten: false },
        ]);
      });

      it('is not taken on before it is due', async () => {
        const orderId = newId('Order');
        await schedule(orderId, { schedule: [task(orderId, { due: { afterMs: 900_000 } })] });
        expect(await claimed(orderId)).toEqual([]);
      });

      it('that is due at a time in the past is taken on at once', async () => {
        const orderId = newId('Order');
        await schedule(orderId, { schedule: [task(orderId, { due: { at: '2020-01-01T00:00:00.000Z' } })] });
        expect(await claimed(orderId)).toHaveLength(1);
      });

      it('that was put off is taken on again, and counts how often', async () => {
        const orderId = newId('Order');
        await schedule(orderId, { schedule: [task(orderId)] });
        await claimed(orderId);
        await store.postponeTask({ orderId, kind: 'charge' }, 0);
        expect(await claimed(orderId)).toMatchObject([{ earlierAttempts: 1 }]);
        await store.postponeTask({ orderId, kind: 'charge' }, 900_000);
        expect(await claimed(orderId)).toEqual([]);
      });

      it('scheduled again is a new one of its kind', async () => {
        const orderId = newId('Order');
        await schedule(orderId, { schedule: [task(orderId)] });
        await claimed(orderId);
        await schedule(orderId, { schedule: [task(orderId, { payload: { attempt: 2 } })] });
        expect(await claimed(orderId)).toMatchObject([
          { payload: { attempt: 2 }, earlierAttempts: 0, isJustWritten: false },
        ]);
      });

      it('is taken on by whoever asks for its kind, a variant as well, and by nobody else', async () => {
        const orderId = newId('Order');
        await schedule(orderId, {
          schedule: [task(orderId, { kind: 'expire' }), task(orderId, { kind: 'refund:pay_1' })],
        });
        const claimedOf = async (...kinds: readonly string[]) => {
          const tasks = await store.claimDueTasks({ kinds, limit: ALL.limit });
          return tasks.filter((each) => each.orderId === orderId).map(({ kind }) => kind);
        };
        expect(await claimedOf('charge', 'refunds')).toEqual([]);
        expect(await claimedOf('charge', 'refund')).toEqual(['refund:pay_1']);
        expect(await claimedOf('expire')).toEqual(['expire']);
      });

      it('that is taken off leaves those of other kinds', async () => {
        const orderId = newId('Order');
        await schedule(orderId, { schedule: [task(orderId), task(orderId, { kind: 'expire' })] });
        await schedule(orderId, { unschedule: [{ orderId, kind: 'charge' }] });
        expect((await claimed(orderId)).map(({ kind }) => kind)).toEqual(['expire']);
      });

      it('of a request that is refused is not scheduled', async () => {
        const orderId = newId('Order');
        await store.appendBatch([requestOn(orderId, 0)]);
        await store.appendBatch([requestOn(orderId, 0, { schedule: [task(orderId)] })]);
        expect(await claimed(orderId)).toEqual([]);
      });
    });

    describe('a payment method', () => {
      it('is kept with the events of its order, and forgotten with others', async () => {
        const [orderId, other] = [newId('Order'), newId('Order')];
        await store.appendBatch([
          requestOn(orderId, 0, { methods: keep(orderId, 'pm_1') }),
          requestOn(other, 0, { methods: keep(other, 'pm_2') }),
        ]);
        expect([await keptFor(orderId), await keptFor(other)]).toEqual(['pm_1', 'pm_2']);
        await store.appendBatch([requestOn(orderId, 1, { methods: { keep: [], forget: [orderId] } })]);
        expect([await keptFor(orderId), await keptFor(other)]).toEqual([undefined, 'pm_2']);
      });

      it('of a request that is refused is neither kept nor forgotten', async () => {
        const orderId = newId('Order');
        await store.appendBatch([requestOn(orderId, 0, { methods: keep(orderId, 'pm_1') })]);
        await store.appendBatch([requestOn(orderId, 0, { methods: keep(orderId, 'pm_2') })]);
        expect(await keptFor(orderId)).toBe('pm_1');
        await store.appendBatch([requestOn(orderId, 0, { methods: { keep: [], forget: [orderId] } })]);
        expect(await keptFor(orderId)).toBe('pm_1');
      });
    });
  });
};
