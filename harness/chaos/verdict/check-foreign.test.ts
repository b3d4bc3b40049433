import { describe, expect, it } from 'vitest';
import type { Change, Entry } from '../../inventory/index.ts';
import { soundEvidence } from './evidence.fixture.ts';
import type { Evidence } from './evidence.ts';
import { judge } from './judge.ts';
import type { Event, Foreign } from './records.ts';

const ORDER = 'order_1';

const reduce = (more: Partial<Change> = {}): Change => {
  const change = { productId: 'prod_1', direction: 'reduce', quantity: 2, ...more } as const;
  return { key: `${ORDER}:${change.productId}:${change.direction}`, ...change };
};

const increase = (more: Partial<Change> = {}): Change => reduce({ direction: 'increase', ...more });

const answered = (change: Change, available: number): Entry => ({
  type: 'Answered',
  atMs: 0,
  change,
  ending: { type: 'Changed', available },
});

const stocked: Entry = { type: 'Stocked', atMs: 0, productId: 'prod_1', delta: 5 };

const foreign = (available: number, ...history: readonly Entry[]): Foreign => ({
  levels: { prod_1: available },
  history: [stocked, ...history],
});

const TAKEN = foreign(3, answered(reduce(), 3));
const NEVER = foreign(5);

/** Sound, with its stock elsewhere; `saga` is all that the saga said of the order. */
const evidence = (found: Foreign, saga?: (sound: readonly Event[]) => readonly Event[]): Evidence => {
  const sound = soundEvidence();
  const own = sound.byAggregate.get(ORDER) ?? [];
  const shown = { product_id: 'prod_1', available: found.levels['prod_1'] ?? 0, reserved: 0, sold: saga ? 0 : 2 };
  const models = { ...sound.models, products: new Map([['prod_1', shown]]) };
  return {
    ...sound,
    models,
    foreign: found,
    byAggregate: new Map([...sound.byAggregate, [ORDER, saga?.(own) ?? own]]),
  };
};

const SAGA = 'inventory-saga-consumer';

/** The order refused, or cancelled: its reservation given back, and no confirmation. */
const cancelled = (events: readonly Event[]): readonly Event[] => {
  const [first] = events;
  const [reserved] = events.filter(({ type }) => type === 'StockReserved');
  if (first === undefined || reserved === undefined) throw new Error('no events');
  return [
    ...events.filter(({ type }) => type !== 'OrderConfirmed'),
    { ...first, type: 'OrderCancelled', event_id: 'cancelled' },
    { ...reserved, type: 'StockCompensated', event_id: 'compensated', producer: SAGA },
  ];
};

const neverReserved = (events: readonly Event[]): readonly Event[] =>
  cancelled(events).filter(({ type }) => type !== 'StockReserved' && type !== 'StockCompensated');

const foundIn = (judged: Evidence): readonly string[] =>
  judge(judged, { hasLostEntries: false })
    .filter(({ invariant }) => invariant.startsWith('F-'))
    .map(({ invariant, message }) => `${invariant}: ${message}`);

describe('the verdict on an inventory elsewhere', () => {
  it.each([
    ['what a confirmed order took', evidence(TAKEN)],
    [
      'what a cancelled order took and gave back',
      evidence(foreign(5, answered(reduce(), 3), answered(increase(), 5)), cancelled),
    ],
    ['nothing of an order that never had stock', evidence(NEVER, neverReserved)],
    [
      'a call made again',
      evidence(foreign(3, answered(reduce(), 3), { type: 'Repeated', atMs: 0, key: `${ORDER}:prod_1:reduce` })),
    ],
  ])('finds nothing in %s', (_name, judged) => {
    expect(foundIn(judged)).toEqual([]);
  });

  it('sees that the API shows less than there is', () => {
    const { models } = soundEvidence();
    expect(foundIn({ ...evidence(NEVER, neverReserved), models })).toEqual([
      'F-4: the API: 3 available, 0 reserved, 2 sold; there, and by the events, 5 available, 0 reserved, 0 sold',
    ]);
  });

  it('asks nothing of the ledger, which has no stock then', () => {
    expect(judge({ ...evidence(TAKEN), stock: [] }, { hasLostEntries: false })).toEqual([]);
  });

  it.each([
    [
      'stock that is not what its history adds up to',
      evidence({ ...TAKEN, levels: { prod_1: 4 } }),
      'F-1: 4 there, 3 by its history',
    ],
    [
      'more given than there was',
      evidence(foreign(-1, answered(reduce(), 3), answered(reduce({ key: 'other', quantity: 4 }), -1))),
      'F-1: -1 available',
    ],
    [
      'a change without a key',
      evidence(foreign(3, answered(reduce({ key: null }), 3))),
      'F-2: changed under the key of nobody',
    ],
    [
      'a key that stands for another direction',
      evidence(foreign(3, answered(reduce({ key: `${ORDER}:prod_1:increase` }), 3))),
      'F-2: reduce of prod_1 under the key order_1:prod_1:increase',
    ],
    [
      'a key that was carried out twice',
      evidence(foreign(1, answered(reduce(), 3), answered(reduce(), 1))),
      'F-2: carried out 2 times',
    ],
    [
      'a key that stood for two requests',
      evidence(foreign(3, answered(reduce(), 3), { type: 'Misused', atMs: 0, change: reduce({ quantity: 1 }) })),
      'F-2: stood for two requests',
    ],
    ['a confirmed order that took nothing', evidence(NEVER), 'F-3: nothing taken there, 2 × prod_1 by the events'],
    [
      'a confirmed order that took a part',
      evidence(foreign(4, answered(reduce({ quantity: 1 }), 4))),
      'F-3: 1 × prod_1 taken there, 2 × prod_1 by the events',
    ],
    [
      'a cancelled order that kept what it took',
      evidence(TAKEN, cancelled),
      'F-3: 2 × prod_1 taken there, nothing by the events',
    ],
    [
      'a line that was taken for an order without stock',
      evidence(TAKEN, neverReserved),
      'F-3: 2 × prod_1 taken there, nothing by the events',
    ],
    [
      'an order told that all went back when a part did',
      evidence(foreign(4, answered(reduce(), 3), answered(increase({ quantity: 1 }), 4)), cancelled),
      'F-3: told that 2 × prod_1 went back; 1 × prod_1 did',
    ],
    [
      'stock taken for what is no order',
      evidence(foreign(2, answered(reduce(), 3), answered(reduce({ key: 'order_9:prod_1:reduce', quantity: 1 }), 2))),
      'F-3: took stock, and is no order',
    ],
  ])('sees %s', (_name, judged, message) => {
    expect(foundIn(judged)).toContain(message);
  });
});
