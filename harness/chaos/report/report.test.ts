import { describe, expect, it } from 'vitest';
import { unrecovered } from './aftermath.ts';
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
  struck: [],
  failed: [],
  missed: [],
};

const CALLED = { taken: 1, givenBack: 1, refused: 1, repeated: 1, troubled: 1 };

const STRUCK = { kind: 'oom', what: 'Redis was out of memory', recoveredAfterMs: 100, wasCalm: false };
const FAILED = { kind: 'oom', message: 'no', wasCalm: false };

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

  it.each<[string, Partial<Result>, readonly string[]]>([
    ['could never be injected', { failed: [FAILED] }, ['oom could not be injected: no']],
    ['could not be injected once', { failed: [FAILED], struck: [STRUCK] }, []],
    [
      'could not be injected though no other was in the way',
      { failed: [{ ...FAILED, wasCalm: true }], struck: [STRUCK] },
      ['oom could not be injected: no'],
    ],
    ['hit nothing, again and again', { missed: ['oom', 'oom'] }, ['oom hit nothing, 2 times']],
    ['hit nothing once', { missed: ['oom'] }, []],
    ['hit nothing twice, and then something', { missed: ['oom', 'oom'], struck: [STRUCK] }, []],
  ])('judges a fault that %s', (_, missing, reasons) => {
    expect(voidReasons({ ...ENOUGH, ...missing })).toEqual(reasons);
  });

  it.each<[string, Partial<Result>, readonly string[]]>([
    ['does not recover', { struck: [{ ...STRUCK, recoveredAfterMs: null, wasCalm: true }] }, ['oom']],
    ['does not recover from two faults at once', { struck: [{ ...STRUCK, recoveredAfterMs: null }] }, []],
    ['recovers', { struck: [{ ...STRUCK, wasCalm: true }] }, []],
    ['does not let itself be divided', { failed: [{ ...FAILED, kind: 'divide', wasCalm: true }] }, ['divide']],
  ])('judges what %s', (_, missing, subjects) => {
    expect(unrecovered({ ...ENOUGH, ...missing }).map(({ subject }) => subject)).toEqual(subjects);
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
