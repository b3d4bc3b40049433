import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type NewEvent, newId, PRODUCERS } from '../../src/events/index.ts';
import type { LedgerStore, LedgerTransaction, ReservationState, StockLevel } from '../../src/saga/index.ts';
import { describeCalls } from './ledger-calls.contract.ts';

export type LedgerAtWork = AsyncDisposable & { readonly store: LedgerStore };

const WRITER = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };
const BY = { writer: WRITER, occurredAt: '2026-01-02T03:04:05.678Z' };

const level = (productId: string, available: number): StockLevel => ({ productId, available, reserved: 0, sold: 0 });

const held = (productId: string): ReservationState => ({
  reservation: { stock: 'Reserved', lines: [{ productId, quantity: 2 }], verdict: null, intent: null },
  version: 1,
});

const INTENT: ReservationState['reservation']['intent'] = {
  direction: 'Take',
  lines: [{ productId: 'prod_1', quantity: 2, state: 'Unknown', available: null }],
  answerBy: BY.occurredAt,
  begun: { eventId: 'event_1', traceparent: null },
};

const adjusted = (productId: string, sequence: number): NewEvent => ({
  event: { type: 'StockAdjusted', data: { productId, delta: 1, reason: null } },
  aggregateId: productId,
  sequence,
  version: sequence,
  causationId: null,
  traceparent: null,
});

/** What every `LedgerStore` does; the saga relies on nothing else. */
export const describeLedgerStore = (adapter: string, open: () => Promise<LedgerAtWork>): void => {
  describe(`a ledger store (${adapter})`, () => {
    let atWork: LedgerAtWork;
    beforeAll(async () => {
      atWork = await open();
    });
    afterAll(() => atWork[Symbol.asyncDispose]());

    const run = <T>(work: (tx: LedgerTransaction) => Promise<T>): Promise<T> => atWork.store.transaction(work);
    const stocked = async (available: number): Promise<string> => {
      const productId = newId('Product');
      await run(async (tx) => {
        await tx.createStock([productId]);
        await tx.saveStock([level(productId, available)]);
      });
      return productId;
    };
    /** A transaction that has done its work, and waits to be told to end. */
    const paused = async (work: (tx: LedgerTransaction) => Promise<unknown>) => {
      const ready = Promise.withResolvers<void>();
      const end = Promise.withResolvers<void>();
      const ended = run(async (tx) => {
        await work(tx);
        ready.resolve();
        await end.promise;
      });
      await Promise.race([ready.promise, ended]);
      return { end: end.resolve, fail: end.reject, ended };
    };

    const lockBoth = async (first: string, second: string, met: () => Promise<void>) =>
      run(async (tx) => {
        await tx.lockStock([first]);
        await met();
        await tx.lockStock([second]);
      });

    it('knows nothing of a product that it never heard of', async () => {
      expect(await atWork.store.stockLevel(newId('Product'))).toBeNull();
      expect(await run((tx) => tx.lockStock([newId('Product')]))).toEqual(new Map());
    });

    it('makes a product known once, and leaves one alone that is', async () => {
      const productId = await stocked(5);
      await run((tx) => tx.createStock([productId]));
      expect(await atWork.store.stockLevel(productId)).toEqual(level(productId, 5));
    });

    it('shows what a transaction writes to itself at once, and to others when it is over', async () => {
      const productId = await stocked(5);
      await run(async (tx) => {
        await tx.lockStock([productId]);
        await tx.saveStock([level(productId, 3)]);
        expect(await tx.lockStock([productId])).toEqual(new Map([[productId, level(productId, 3)]]));
        expect(await atWork.store.stockLevel(productId)).toEqual(level(productId, 5));
      });
      expect(await atWork.store.stockLevel(productId)).toEqual(level(productId, 3));
    });

    it('undoes all of a transaction that fails', async () => {
      const productId = await stocked(5);
      const failing = run(async (tx) => {
        await tx.saveStock([level(productId, 3)]);
        await tx.record([adjusted(productId, 1)], BY);
        await tx.keepAnswer({ key: productId, hash: 'h', answer: {} });
        throw new Error('changed its mind');
      });
      await expect(failing).rejects.toThrow('changed its mind');
      expect(await atWork.store.stockLevel(productId)).toEqual(level(productId, 5));
      expect(await run((tx) => tx.lastSequence(productId))).toBe(0);
      expect(await run((tx) => tx.findAnswer(productId))).toBeNull();
    });

    it('refuses stock below zero, and undoes the transaction', async () => {
      const [one, other] = [await stocked(5), await stocked(5)];
      const overdrawn = run((tx) => tx.saveStock([level(one, 1), level(other, -1)]));
      await expect(overdrawn).rejects.toMatchObject({ code: '23514' });
      expect(await atWork.store.stockLevel(one)).toEqual(level(one, 5));
    });

    it('makes who wants a locked row wait, and shows it what was written meanwhile', async () => {
      const productId = await stocked(5);
      const first = await paused(async (tx) => {
        await tx.lockStock([productId]);
        await tx.saveStock([level(productId, 4)]);
      });
      const second = run((tx) => tx.lockStock([productId]));
      first.end();
      expect(await second).toEqual(new Map([[productId, level(productId, 4)]]));
      await first.ended;
    });

    it('ends one of two transactions that wait for each other', async () => {
      const [one, other] = [await stocked(5), await stocked(5)];
      let arrived = 0;
      const both = Promise.withResolvers<void>();
      const met = (): Promise<void> => {
        arrived += 1;
        if (arrived === 2) both.resolve();
        return both.promise;
      };
      const ends = await Promise.allSettled([lockBoth(one, other, met), lockBoth(other, one, met)]);
      const failed = ends.filter((end) => end.status === 'rejected');
      expect(failed.map(({ reason }) => (reason as { code?: string }).code)).toEqual(['40P01']);
    });

    it('begins a reservation once, whoever comes second', async () => {
      const [orderId, productId] = [newId('Order'), newId('Product')];
      const first = await paused((tx) => tx.beginReservations([[orderId, held(productId)]]));
      const second = run((tx) => tx.beginReservations([[orderId, held(productId)]]));
      first.end();
      await expect(second).rejects.toMatchObject({ code: '23505' });
      await first.ended;
      expect(await run((tx) => tx.lockReservations([orderId]))).toEqual(new Map([[orderId, held(productId)]]));
    });

    it('begins the reservation when the one before it is undone', async () => {
      const [orderId, productId] = [newId('Order'), newId('Product')];
      const first = await paused((tx) => tx.beginReservations([[orderId, held(productId)]]));
      const second = run((tx) => tx.beginReservations([[orderId, held(productId)]]));
      first.fail(new Error('undone'));
      await expect(first.ended).rejects.toThrow('undone');
      await second;
      expect(await run((tx) => tx.lockReservations([orderId]))).toEqual(new Map([[orderId, held(productId)]]));
    });

    it('changes a reservation that is known, and gives it back as it was saved', async () => {
      const [orderId, productId] = [newId('Order'), newId('Product')];
      await run((tx) => tx.beginReservations([[orderId, held(productId)]]));
      const sold: ReservationState = {
        reservation: {
          stock: 'Reserved',
          lines: [{ productId, quantity: 2 }],
          verdict: { type: 'OrderConfirmed', eventId: newId('Event'), occurredAt: BY.occurredAt },
          intent: INTENT,
        },
        version: 2,
      };
      await run((tx) => tx.saveReservations([[orderId, sold]]));
      expect(await run((tx) => tx.lockReservations([orderId, newId('Order')]))).toEqual(new Map([[orderId, sold]]));
    });

    it('keeps what an order wants of an inventory elsewhere', async () => {
      const orderId = newId('Order');
      const wanting: ReservationState = {
        reservation: { stock: 'Undecided', lines: [], verdict: null, intent: INTENT },
        version: 0,
      };
      await run((tx) => tx.beginReservations([[orderId, wanting]]));
      expect(await run((tx) => tx.lockReservations([orderId]))).toEqual(new Map([[orderId, wanting]]));
    });

    it('commits with what was deferred, or not at all', async () => {
      const [orderId, productId] = [newId('Order'), await stocked(5)];
      await atWork.store.transaction(async (tx, defer) => {
        defer(Promise.all([tx.saveStock([level(productId, 4)]), tx.beginReservations([[orderId, held(productId)]])]));
      });
      expect(await atWork.store.stockLevel(productId)).toEqual(level(productId, 4));
      const late = atWork.store.transaction(async (tx, defer) => {
        defer(Promise.all([tx.saveStock([level(productId, 3)]), tx.beginReservations([[orderId, held(productId)]])]));
      });
      await expect(late).rejects.toMatchObject({ code: '23505' });
      expect(await atWork.store.stockLevel(productId)).toEqual(level(productId, 4));
    });

    it('finds adjustments by their events, and those that wait for a product', async () => {
      const productId = newId('Product');
      const [waiting, applied, elsewhere] = [newId('Event'), newId('Event'), newId('Event')];
      const adjustments = [
        { eventId: waiting, productId, delta: -3, isApplied: false },
        { eventId: applied, productId, delta: 1, isApplied: true },
        { eventId: elsewhere, productId: newId('Product'), delta: 1, isApplied: false },
      ];
      await run((tx) => tx.saveAdjustments(adjustments));
      const load = (eventIds: readonly string[], productIds: readonly string[]) =>
        run(async (tx) => [...(await tx.loadAdjustments({ eventIds, productIds })).keys()]);
      expect(await load([], [productId])).toEqual([waiting]);
      expect((await load([applied, newId('Event')], [])).toSorted()).toEqual([applied]);
      await run((tx) => tx.saveAdjustments([{ eventId: waiting, productId, delta: -3, isApplied: true }]));
      expect(await load([], [productId])).toEqual([]);
    });

    it('records events under the next sequence, and refuses one that is taken', async () => {
      const productId = newId('Product');
      await run((tx) => tx.record([adjusted(productId, 1), adjusted(productId, 2)], BY));
      expect(await run((tx) => tx.lastSequence(productId))).toBe(2);
      await expect(run((tx) => tx.record([adjusted(productId, 2)], BY))).rejects.toMatchObject({ code: '23505' });
    });

    it('keeps one answer a key', async () => {
      const answer = { key: newId('Event'), hash: 'hash', answer: { productId: 'prod_1' } };
      expect(await run((tx) => tx.keepAnswer(answer))).toBe(true);
      expect(await run((tx) => tx.keepAnswer({ ...answer, hash: 'other' }))).toBe(false);
      expect(await run((tx) => tx.findAnswer(answer.key))).toEqual(answer);
    });

    it('tells the time of now, not that of when the transaction began', async () => {
      const productId = await stocked(1);
      const first = await paused((tx) => tx.lockStock([productId]));
      const second = run(async (tx) => {
        await tx.lockStock([productId]);
        return tx.time();
      });
      const before = await run((tx) => tx.time());
      first.end();
      expect((await second).getTime()).toBeGreaterThanOrEqual(before.getTime());
    });

    describeCalls(() => atWork.store);
  });
};
