import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderHistory, recorded } from '../../harness/support/recorded.ts';
import { type EventStore, type EventStoreTransaction, handleBatch, type StoredBatch } from '../../src/audit/index.ts';
import { newId, type Recorded } from '../../src/events/index.ts';
import { openLogger } from '../../src/platform/index.ts';

export type EventStoreAtWork = AsyncDisposable & { readonly store: EventStore };

const idsOf = (events: readonly Recorded[]): readonly string[] => events.map(({ envelope }) => envelope.eventId);

/** What a store came to hold of deliveries, in its order. */
const takenInBy = async (
  store: EventStore,
  deliveries: readonly (readonly Recorded[])[],
): Promise<readonly string[]> => {
  const batches: StoredBatch[] = [];
  const noting = (tx: EventStoreTransaction): EventStoreTransaction => ({
    ...tx,
    append: async (events) => {
      const stored = await tx.append(events);
      batches.push(stored);
      return stored;
    },
  });
  const parts = { announce: async () => {}, logger: openLogger('silent') };
  const noted: EventStore = { ...store, transaction: (work) => store.transaction((tx) => work(noting(tx))) };
  for (const delivery of deliveries) await handleBatch({ ...parts, store: noted }, delivery);
  const events = batches.flatMap((batch) => batch.events);
  return events.toSorted((one, other) => Number(one.position - other.position)).map(({ envelope }) => envelope.type);
};

/** An order's events, each caused by the one before it, stream by stream as a consumer reads them. */
const deliveryOf = (orderId: string): readonly Recorded[] => {
  const history = orderHistory(orderId, 'Confirmed').map(({ envelope, event }, nth, all) =>
    recorded(event, { ...envelope, version: null, causationId: all[nth - 1]?.envelope.eventId ?? 'event_of_a_cart' }),
  );
  return [...Map.groupBy(history, ({ envelope }) => envelope.stream).values()].flat();
};

/** What every `EventStore` does; the audit relies on nothing else. */
export const describeEventStore = (adapter: string, open: () => Promise<EventStoreAtWork>): void => {
  describe(`an event store (${adapter})`, () => {
    let atWork: EventStoreAtWork;
    beforeAll(async () => {
      atWork = await open();
    });
    afterAll(() => atWork[Symbol.asyncDispose]());

    const run = <T>(work: (tx: EventStoreTransaction) => Promise<T>): Promise<T> => atWork.store.transaction(work);
    const append = (events: readonly Recorded[]) => run((tx) => tx.append(events));

    it('appends in the order given, at rising positions, and tells what was there before', async () => {
      const events = orderHistory(newId('Order'), 'Confirmed');
      const { advances, events: stored } = await append(events);
      const after = advances[0]?.after ?? -1n;
      expect(idsOf(stored)).toEqual(idsOf(events));
      const positions = stored.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted((one, other) => Number(one - other)));
      expect(positions.every((position) => position > after)).toBe(true);
      const next = await append(orderHistory(newId('Order'), 'Rejected'));
      expect(next.advances[0]?.after).toBe(positions.at(-1));
    });

    it('keeps each event once, in a batch and over batches', async () => {
      const events = orderHistory(newId('Order'), 'Rejected');
      const first = await append([...events.slice(0, 2), ...events.slice(0, 2)]);
      const second = await append(events);
      expect([first, second].map(({ events: stored }) => idsOf(stored))).toEqual([
        idsOf(events.slice(0, 2)),
        idsOf(events.slice(2)),
      ]);
    });

    it('knows which events it holds', async () => {
      const events = orderHistory(newId('Order'), 'Rejected');
      await append(events.slice(0, 1));
      expect(await run((tx) => tx.storedIds(idsOf(events)))).toEqual(new Set(idsOf(events.slice(0, 1))));
    });

    it('knows the highest version of each author, where there is any', async () => {
      const orderId = newId('Order');
      const events = orderHistory(orderId, 'Confirmed');
      await append(events);
      const authored = (producer: string) => ({ aggregateId: orderId, producer });
      const found = await run((tx) =>
        tx.highestVersions([authored('ecommerce-api'), authored('inventory-saga-consumer'), authored('nobody')]),
      );
      const ownVersions = events
        .filter(({ envelope }) => envelope.producer === 'ecommerce-api')
        .map(({ envelope }) => envelope.version ?? 0);
      expect(found.toSorted((one, other) => (one.producer < other.producer ? -1 : 1))).toEqual([
        { ...authored('ecommerce-api'), version: Math.max(...ownVersions) },
        { ...authored('inventory-saga-consumer'), version: 1 },
      ]);
    });

    it('shows nothing of a transaction that fails', async () => {
      const events = orderHistory(newId('Order'), 'Rejected');
      const failing = run(async (tx) => {
        await tx.append(events);
        throw new Error('changed its mind');
      });
      await expect(failing).rejects.toThrow('changed its mind');
      expect(await run((tx) => tx.storedIds(idsOf(events)))).toEqual(new Set());
    });

    it('has one writer at a time: who comes later stores behind, and sees what was stored', async () => {
      const [one, other] = [orderHistory(newId('Order'), 'Rejected'), orderHistory(newId('Order'), 'Rejected')];
      const isWriter = Promise.withResolvers<void>();
      const mayEnd = Promise.withResolvers<void>();
      const first = run(async (tx) => {
        await tx.becomeWriter(one);
        isWriter.resolve();
        await mayEnd.promise;
        return tx.append(one);
      });
      await isWriter.promise;
      const second = run(async (tx) => {
        await tx.becomeWriter(other);
        return { known: await tx.storedIds(idsOf(one)), stored: await tx.append(other) };
      });
      mayEnd.resolve();
      const [{ events: before }, { known, stored }] = await Promise.all([first, second]);
      expect(known).toEqual(new Set(idsOf(one)));
      expect(stored.advances[0]?.after).toBe(before.at(-1)?.position);
    });

    it('stores an event once that two append at the same time', async () => {
      const events = orderHistory(newId('Order'), 'Confirmed');
      const batches = await Promise.all([append(events), append(events)]);
      expect(batches.flatMap(({ events: stored }) => idsOf(stored)).toSorted()).toEqual(idsOf(events).toSorted());
    });

    it('holds what was delivered together causes first, and other deliveries as they came', async () => {
      const told = ['OrderCreated', 'StockReserved', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed'];
      const together = deliveryOf(newId('Order'));
      expect(together.map(({ event }) => event.type)).not.toEqual(told);
      expect(await takenInBy(atWork.store, [together])).toEqual(told);
      const apart = deliveryOf(newId('Order'));
      const asTheyCame = apart.map(({ event }) => event.type);
      expect(
        await takenInBy(
          atWork.store,
          apart.map((each) => [each]),
        ),
      ).toEqual(asTheyCame);
    });
  });
};
