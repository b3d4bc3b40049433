import { describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { newId } from '../../src/events/index.ts';
import type { LedgerStore } from '../../src/saga/index.ts';

const MANY = 100;
const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const schedulerIn =
  (storeOf: () => LedgerStore) =>
  async (answerBy = minutesFromNow(60)): Promise<string> => {
    const orderId = newId('Order');
    await storeOf().transaction((tx) => tx.scheduleCalls([{ orderId, answerBy }]));
    return orderId;
  };

const claimerIn = (storeOf: () => LedgerStore) => async (orderId: string) =>
  (await storeOf().claimCalls(MANY)).find((calls) => calls.orderId === orderId) ?? null;

/** What every `LedgerStore` does with calls that are due. */
export const describeCalls = (storeOf: () => LedgerStore): void => {
  const schedule = schedulerIn(storeOf);
  const claimed = claimerIn(storeOf);

  describe('of calls to an inventory elsewhere', () => {
    it('gives them to one who claims them, and to nobody else while the lease lasts', async () => {
      const orderId = await schedule();
      expect(await claimed(orderId)).toEqual({ orderId, earlierAttempts: 0 });
      expect(await claimed(orderId)).toBeNull();
    });

    it('leaves those that are being made with whoever makes them', async () => {
      const orderId = await schedule();
      await claimed(orderId);
      await storeOf().transaction((tx) => tx.scheduleCalls([{ orderId, answerBy: minutesFromNow(60) }]));
      expect(await claimed(orderId)).toBeNull();
    });

    it('puts them off, and counts how often they were claimed', async () => {
      const orderId = await schedule();
      await claimed(orderId);
      await storeOf().putOffCalls({ orderId, delayMs: 0, attempts: 1 });
      expect(await claimed(orderId)).toEqual({ orderId, earlierAttempts: 1 });
      await storeOf().putOffCalls({ orderId, delayMs: 60_000, attempts: 1 });
      expect(await claimed(orderId)).toBeNull();
    });

    it('makes those due at once that were put off, when there is news of the order', async () => {
      const orderId = await schedule();
      await claimed(orderId);
      await storeOf().putOffCalls({ orderId, delayMs: 60_000, attempts: 1 });
      await storeOf().transaction((tx) => tx.scheduleCalls([{ orderId, answerBy: minutesFromNow(60) }]));
      expect(await claimed(orderId)).not.toBeNull();
    });

    it('does not put them off beyond the time at which the order is told no', async () => {
      const orderId = await schedule(new Date(Date.now() + 300).toISOString());
      await claimed(orderId);
      await storeOf().putOffCalls({ orderId, delayMs: 3_600_000, attempts: 1 });
      await eventually(async () => expect(await claimed(orderId)).not.toBeNull());
    });

    it('keeps how often they were claimed as it is told, for once they got further', async () => {
      const orderId = await schedule();
      await claimed(orderId);
      await storeOf().putOffCalls({ orderId, delayMs: 0, attempts: 7 });
      expect(await claimed(orderId)).toMatchObject({ earlierAttempts: 7 });
      await storeOf().putOffCalls({ orderId, delayMs: 0, attempts: 1 });
      expect(await claimed(orderId)).toMatchObject({ earlierAttempts: 1 });
    });

    it('keeps, puts off and ends those of many orders at once', async () => {
      const [kept, later, now, over] = [await schedule(), await schedule(), await schedule(), await schedule()];
      await storeOf().claimCalls(MANY);
      await storeOf().transaction(async (tx) => {
        await tx.keepCalls([kept]);
        await tx.putOffCalls([
          { orderId: later, delayMs: 60_000, attempts: 2 },
          { orderId: now, delayMs: 0, attempts: 3 },
        ]);
        await tx.endCalls([over]);
      });
      const due = await storeOf().claimCalls(MANY);
      expect(due.filter(({ orderId }) => [kept, later, now, over].includes(orderId))).toEqual([
        { orderId: now, earlierAttempts: 3 },
      ]);
    });

    it('gives out the oldest and the newest when there are more than are asked for', async () => {
      await storeOf().claimCalls(MANY);
      const orders: string[] = [];
      for (let nth = 0; nth < 6; nth += 1) orders.push(await schedule());
      const claims = async () =>
        (await storeOf().claimCalls(2))
          .map(({ orderId }) => orders.indexOf(orderId))
          .toSorted((one, other) => one - other);
      expect(await claims()).toEqual([0, 5]);
      expect(await claims()).toEqual([1, 4]);
      expect(await claims()).toEqual([2, 3]);
    });

    it('ends them', async () => {
      const orderId = await schedule();
      await storeOf().transaction((tx) => tx.endCalls([orderId]));
      expect(await claimed(orderId)).toBeNull();
    });

    it('forgets what a transaction scheduled that failed', async () => {
      const orderId = newId('Order');
      const failing = storeOf().transaction(async (tx) => {
        await tx.scheduleCalls([{ orderId, answerBy: minutesFromNow(60) }]);
        throw new Error('changed its mind');
      });
      await expect(failing).rejects.toThrow('changed its mind');
      expect(await claimed(orderId)).toBeNull();
    });
  });
};
