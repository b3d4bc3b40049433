import { describe, expect, it } from 'vitest';
import {
  asked,
  beginIntent,
  type Call,
  type CallOutcome,
  callKey,
  type Intent,
  isSettled,
  type LineState,
  learned,
  nextCall,
  refusalsOf,
  turned,
} from './intent.ts';

const ORDER = 'order_1';
const DONE: CallOutcome = { type: 'Done' };
const REFUSED: CallOutcome = { type: 'Refused', available: 1 };
const NOT_KNOWN: CallOutcome = { type: 'NotKnown', retryAfterMs: 0, isAway: true };

const rest = { answerBy: '2026-01-01T00:15:00.000Z', begun: { eventId: 'event_1', traceparent: null } };

const intentOf = (direction: Intent['direction'], ...states: readonly LineState[]): Intent => ({
  ...rest,
  direction,
  lines: states.map((state, nth) => ({ productId: `prod_${nth + 1}`, quantity: 2, state, available: null })),
});

const call = (productId: string, way: Call['way']): Call => ({ orderId: ORDER, productId, quantity: 2, way });
const statesOf = ({ lines }: Intent): readonly LineState[] => lines.map(({ state }) => state);

describe('an intent', () => {
  it('has a line a product, in the order of code points of their ids', () => {
    const lines = ['prod_2', 'prod_10', 'prod_2'].map((productId) => ({ productId, quantity: 2 }));
    expect(beginIntent(lines, rest)).toEqual({
      ...rest,
      direction: 'Take',
      lines: [
        { productId: 'prod_10', quantity: 2, state: 'ToTake', available: null },
        { productId: 'prod_2', quantity: 4, state: 'ToTake', available: null },
      ],
    });
  });

  it.each<[Intent['direction'], LineState, Call['way'] | null]>([
    ['Take', 'ToTake', 'reduce'],
    ['Take', 'Unknown', 'reduce'],
    ['Take', 'Taken', null],
    ['Take', 'Refused', null],
    ['GiveBack', 'ToTake', null],
    ['GiveBack', 'Unknown', 'reduce'],
    ['GiveBack', 'Taken', 'increase'],
    ['GiveBack', 'Refused', null],
    ['GiveBack', 'GivenBack', null],
  ])('whose direction is %s asks of a line that is %s: %s', (direction, state, way) => {
    const next = nextCall(ORDER, intentOf(direction, state));
    expect(next).toEqual(way === null ? null : call('prod_1', way));
    expect(isSettled(intentOf(direction, state))).toBe(way === null);
  });

  it('asks for one line after the other', () => {
    expect(nextCall(ORDER, intentOf('Take', 'Taken', 'Unknown', 'ToTake'))?.productId).toBe('prod_2');
    expect(nextCall(ORDER, intentOf('GiveBack', 'GivenBack', 'Taken', 'Taken'))?.productId).toBe('prod_2');
  });

  it('says of a line that is about to be asked for that it is unknown, and of no other', () => {
    expect(statesOf(asked(intentOf('Take', 'Taken', 'ToTake', 'ToTake'), call('prod_2', 'reduce')))).toEqual([
      'Taken',
      'Unknown',
      'ToTake',
    ]);
    expect(statesOf(asked(intentOf('GiveBack', 'Taken'), call('prod_1', 'increase')))).toEqual(['Taken']);
  });

  it.each<{
    readonly what: string;
    readonly from: LineState;
    readonly told: [Call['way'], CallOutcome];
    readonly to: LineState;
  }>([
    { what: 'takes what is done', from: 'Unknown', told: ['reduce', DONE], to: 'Taken' },
    { what: 'takes a refusal for good', from: 'Unknown', told: ['reduce', REFUSED], to: 'Refused' },
    { what: 'stays unknown without an answer', from: 'Unknown', told: ['reduce', NOT_KNOWN], to: 'Unknown' },
    { what: 'gives back what is done', from: 'Taken', told: ['increase', DONE], to: 'GivenBack' },
    { what: 'stays taken when it is not taken back', from: 'Taken', told: ['increase', REFUSED], to: 'Taken' },
    { what: 'stays taken without an answer', from: 'Taken', told: ['increase', NOT_KNOWN], to: 'Taken' },
    { what: 'is not taken again by a late answer', from: 'GivenBack', told: ['reduce', DONE], to: 'GivenBack' },
    { what: 'is not refused by a late answer', from: 'Taken', told: ['reduce', REFUSED], to: 'Taken' },
  ])('$what', ({ from, told: [way, outcome], to }) => {
    const after = learned(intentOf('GiveBack', from, 'ToTake'), call('prod_1', way), outcome);
    expect(statesOf(after)).toEqual([to, 'ToTake']);
  });

  it('names what was refused, with what the inventory told', () => {
    const after = learned(intentOf('Take', 'Taken', 'Unknown'), call('prod_2', 'reduce'), REFUSED);
    expect(refusalsOf(after)).toEqual([{ productId: 'prod_2', requested: 2, available: 1 }]);
  });

  it('turns once', () => {
    const back = turned(intentOf('Take', 'Taken'));
    expect(back.direction).toBe('GiveBack');
    expect(turned(back)).toBe(back);
  });
});

describe('the key of a call', () => {
  it('is one of its order, product and way', () => {
    expect(callKey(call('prod_1', 'reduce'))).toBe('order_1:prod_1:reduce');
    expect(callKey(call('prod_1', 'increase'))).toBe('order_1:prod_1:increase');
  });
});
