import { describe, expect, it } from 'vitest';
import { happenedIn } from './happened.ts';
import { recoveryByKind } from './recovery.ts';
import type { Result } from './result.ts';
import { voidReasons } from './void.ts';

const ENOUGH: Parameters<typeof voidReasons>[0] = {
  load: { mutationsPerSecond: 60, shoppers: 32, isAtLimit: false },
  deliveredTwice: 1,
  claims: 1,
  compensations: 1,
  probed: { tried: 1, toldOwner: 1 },
  happened: { outOfStock: 1, late: 0, groupsMadeAgain: 0 },
  faultsByKind: { pause: 1 },
  foreign: null,
};

const CALLED = { taken: 1, givenBack: 1, refused: 1, repeated: 1, troubled: 1 };

const event = (type: string, aggregate_id: string) => ({ type, aggregate_id });

describe('a run', () => {
  it('proves something when all of it happened', () => {
    expect(voidReasons(ENOUGH)).toEqual([]);
  });

  it.each<[string, Partial<Result>]>([
    ['nothing was delivered twice', { deliveredTwice: 0 }],
    ['nothing was claimed', { claims: 0 }],
    ['nothing was compensated', { compensations: 0 }],
    ['nothing was out of stock', { happened: { ...ENOUGH.happened, outOfStock: 0 } }],
    ['no lost group was made again', { faultsByKind: { flushall: 1 } }],
    ['nothing went back to the inventory', { foreign: { ...CALLED, givenBack: 0 } }],
    ['the inventory refused nothing', { foreign: { ...CALLED, refused: 0 } }],
    ['the inventory was asked nothing again', { foreign: { ...CALLED, repeated: 0 } }],
    ['no owner was told what strangers must not learn', { probed: { tried: 1, toldOwner: 0 } }],
    ['only 40 mutations/s of 32 shoppers before the first fault', { load: { ...ENOUGH.load, mutationsPerSecond: 40 } }],
    [
      'only 9 mutations/s of 32 shoppers before the first fault',
      { load: { ...ENOUGH.load, mutationsPerSecond: 9, isAtLimit: true } },
    ],
  ])('is void when %s', (reason, missing) => {
    expect(voidReasons({ ...ENOUGH, ...missing })).toEqual([reason]);
  });

  it('counts with less load where the machine gives no more', () => {
    expect(voidReasons({ ...ENOUGH, load: { mutationsPerSecond: 30, shoppers: 96, isAtLimit: true } })).toEqual([]);
  });
});

describe('the report', () => {
  it('tells for each kind of fault how long recovery took', () => {
    const struck = [
      { kind: 'kill', recoveredAfterMs: 100 },
      { kind: 'kill', recoveredAfterMs: 300 },
      { kind: 'kill', recoveredAfterMs: 200 },
      { kind: 'oom', recoveredAfterMs: null },
    ];
    expect(recoveryByKind(struck)).toEqual({ kill: { p50: 200, max: 300 }, oom: { p50: null, max: null } });
  });

  it('counts answers to orders that were over, and those only', () => {
    const store = [
      event('StockReserved', 'order_1'),
      event('OrderCancelled', 'order_1'),
      event('PaymentSucceeded', 'order_1'),
      event('StockReservationFailed', 'order_2'),
    ];
    const evidence = { store } as unknown as Parameters<typeof happenedIn>[0];
    expect(happenedIn(evidence, 4)).toEqual({ outOfStock: 1, late: 1, groupsMadeAgain: 4 });
  });
});
