import { describe, expect, it } from 'vitest';
import { recorded } from '../../test/support/recorded.ts';
import { newId, type Recorded } from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';
import { joinDeliveries } from './join-deliveries.ts';

const event = (): Recorded => recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } });

/** A handler that is let go batch by batch; a batch with a poisoned event fails. */
const openHandler = (poisoned: readonly Recorded[] = [], error: Error = new Error('poison')) => {
  const batches: (readonly Recorded[])[] = [];
  const gates: (() => void)[] = [];
  const handle = async (batch: readonly Recorded[]): Promise<void> => {
    batches.push(batch);
    await new Promise<void>((resolve) => void gates.push(resolve));
    if (batch.some((each) => poisoned.includes(each))) throw error;
  };
  const letGo = async (count: number): Promise<void> => {
    for (let nth = 0; nth < count; nth += 1) {
      while (gates.length === 0) await new Promise(setImmediate);
      gates.shift()?.();
    }
  };
  return { batches, handle, letGo };
};

describe('deliveries of several streams', () => {
  it('that come in one turn are handled together', async () => {
    const { batches, handle, letGo } = openHandler();
    const join = joinDeliveries(handle);
    const [first, second] = [event(), event()];
    const done = Promise.all([join([first]), join([second])]);
    await letGo(1);
    await done;
    expect(batches).toEqual([[first, second]]);
  });

  it('that come while one is handled wait, and are then handled together', async () => {
    const { batches, handle, letGo } = openHandler();
    const join = joinDeliveries(handle);
    const [first, second, third] = [event(), event(), event()];
    const one = join([first]);
    while (batches.length === 0) await new Promise(setImmediate);
    const others = Promise.all([join([second]), join([third])]);
    await new Promise(setImmediate);
    expect(batches).toEqual([[first]]);
    await letGo(2);
    await Promise.all([one, others]);
    expect(batches).toEqual([[first], [second, third]]);
  });

  it('are followed by a rest as long as their handling, but for large batches', async () => {
    const rests: number[] = [];
    let nowMs = 0;
    const sleep = async (ms: number): Promise<void> => void rests.push(ms);
    const handle = async (batch: readonly Recorded[]): Promise<void> => void (nowMs += batch.length);
    const join = joinDeliveries(handle, { clock: { nowMs: () => nowMs, sleep } });
    for (const count of [3, 100, 5, 1]) await join(Array.from({ length: count }, event));
    expect(rests).toEqual([3, 5]);
  });

  it('are not joined beyond a thousand events, and none is left behind', async () => {
    const { batches, handle, letGo } = openHandler();
    const join = joinDeliveries(handle);
    const done = Promise.all([600, 400, 1, 2_000, 3].map((count) => join(Array.from({ length: count }, event))));
    await letGo(4);
    await done;
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1, 2_000, 3]);
  });

  it('are handled one by one when together they cannot be, and only the faulty one fails', async () => {
    const [sound, faulty] = [event(), event()];
    const { batches, handle, letGo } = openHandler([faulty]);
    const join = joinDeliveries(handle);
    const ends = Promise.allSettled([join([sound]), join([faulty])]);
    await letGo(3);
    expect((await ends).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(batches).toEqual([[sound, faulty], [sound], [faulty]]);
  });

  it('all fail, to be tried again, when what they need is away', async () => {
    const faulty = event();
    const { batches, handle, letGo } = openHandler([faulty], new Unavailable('The database is away.'));
    const join = joinDeliveries(handle);
    const ends = Promise.allSettled([join([event()]), join([faulty])]);
    await letGo(1);
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(batches).toHaveLength(1);
  });

  it('are handled after one that failed', async () => {
    const faulty = event();
    const { handle, letGo } = openHandler([faulty]);
    const join = joinDeliveries(handle);
    const [end] = await Promise.all([Promise.allSettled([join([faulty])]), letGo(1)]);
    expect(end).toMatchObject([{ status: 'rejected', reason: { message: 'poison' } }]);
    const next = join([event()]);
    await letGo(1);
    await expect(next).resolves.toBeUndefined();
  });
});
