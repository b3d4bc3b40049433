import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../events/index.ts';
import type { RemoteReservation } from '../reservation.ts';
import type { Intent, LineState } from './intent.ts';
import { momentOf, settle } from './settle.ts';

const ORDER = 'order_1';
const EARLY = momentOf(new Date('2026-01-01T00:00:00Z'), 900_000);
const LATE = momentOf(new Date('2026-01-01T00:15:00Z'), 900_000);
const LINES = [
  { productId: 'prod_1', quantity: 2 },
  { productId: 'prod_2', quantity: 2 },
];

const verdict = (type: Verdict['type']): Verdict => ({ type, eventId: 'event_1', occurredAt: '2026-01-01T00:00:00Z' });
const LOST = verdict('OrderCancelled');
const KEPT = verdict('OrderConfirmed');

interface Known extends Partial<Omit<RemoteReservation, 'intent'>> {
  readonly states: readonly [LineState, LineState];
  readonly direction?: Intent['direction'];
}

const known = ({ states, direction = 'Take', ...rest }: Known): RemoteReservation => ({
  stock: 'Undecided',
  lines: [],
  verdict: null,
  ...rest,
  intent: {
    direction,
    lines: LINES.map((line, nth) => ({ ...line, state: states[nth] ?? 'ToTake', available: nth })),
    answerBy: '2026-01-01T00:15:00.000Z',
    begun: { eventId: 'event_0', traceparent: null },
  },
});

const settled = (given: Known, moment = EARLY) => settle(ORDER, known(given), moment);
const failedWith = (shortages: readonly object[]) => ({
  type: 'StockReservationFailed',
  data: { orderId: ORDER, ok: false, shortages },
});
const compensated = (lines: readonly object[]) => ({ type: 'StockCompensated', data: { orderId: ORDER, lines } });
const reserved = {
  type: 'StockReserved',
  data: { orderId: ORDER, ok: true, lines: LINES, expiresAt: EARLY.expiresAt },
};
const SHORT = { productId: 'prod_2', requested: 2, available: 1 };

describe('an order whose stock is elsewhere', () => {
  it('is reserved when all of it is taken', () => {
    expect(settled({ states: ['Taken', 'Taken'] }).answer).toEqual(reserved);
    expect(settled({ states: ['Taken', 'Taken'], verdict: KEPT }).answer).toEqual(reserved);
  });

  it('waits, and stays as it is, while it takes', () => {
    const taking = known({ states: ['Taken', 'Unknown'] });
    expect(settle(ORDER, taking, EARLY)).toEqual({ reservation: taking, answer: null });
    expect(settle(ORDER, taking, EARLY).reservation).toBe(taking);
  });

  it('turns when a line is refused, and is told so when what it has is back', () => {
    const turning = settled({ states: ['Taken', 'Refused'] });
    expect(turning.reservation.intent?.direction).toBe('GiveBack');
    expect(turning.answer).toBeNull();
    expect(settled({ states: ['GivenBack', 'Refused'], direction: 'GiveBack' }).answer).toEqual(failedWith([SHORT]));
  });

  it('turns when it is lost, and settles what is not known before anything is said', () => {
    for (const states of [
      ['Taken', 'Unknown'],
      ['GivenBack', 'Unknown'],
      ['Taken', 'ToTake'],
      ['Taken', 'Taken'],
    ] as const) {
      const { reservation, answer } = settled({ states, verdict: LOST });
      expect({ direction: reservation.intent?.direction, answer }).toEqual({ direction: 'GiveBack', answer: null });
    }
  });

  it.each<readonly [LineState, LineState]>([
    ['ToTake', 'ToTake'],
    ['GivenBack', 'ToTake'],
    ['GivenBack', 'Refused'],
    ['GivenBack', 'GivenBack'],
  ])('that is lost before it was reserved holds nothing, and is told so once it is settled: %s, %s', (...states) => {
    expect(settled({ states, verdict: LOST, direction: 'GiveBack' }).answer).toEqual(compensated([]));
  });

  it('that was reserved is given back with all of its lines, once they are', () => {
    const held = { stock: 'Reserved', lines: LINES, verdict: LOST } as const;
    expect(settled({ ...held, states: ['Taken', 'Taken'] }).answer).toBeNull();
    expect(settled({ ...held, states: ['GivenBack', 'Taken'], direction: 'GiveBack' }).answer).toBeNull();
    expect(settled({ ...held, states: ['GivenBack', 'GivenBack'], direction: 'GiveBack' }).answer).toEqual(
      compensated(LINES),
    );
  });

  it('that was reserved and is kept stays as it is, however late', () => {
    const held = known({ stock: 'Reserved', lines: LINES, verdict: KEPT, states: ['Taken', 'Taken'] });
    expect(settle(ORDER, held, LATE)).toEqual({ reservation: held, answer: null });
  });

  it('is told no at its time, whatever is not known, and turns', () => {
    const late = settled({ states: ['Taken', 'Unknown'] }, LATE);
    expect(late.answer).toEqual(failedWith([]));
    expect(late.reservation.intent?.direction).toBe('GiveBack');
    expect(settled({ states: ['Taken', 'Refused'], direction: 'GiveBack' }, LATE).answer).toEqual(failedWith([SHORT]));
    expect(settled({ states: ['Taken', 'Unknown'], verdict: LOST }, LATE).answer).toEqual(compensated([]));
  });

  it('is reserved at its time when its last line came just then', () => {
    expect(settled({ states: ['Taken', 'Taken'] }, LATE).answer?.type).toBe('StockReserved');
  });

  it.each(['Short', 'GivenBack'] as const)('is answered once: nothing more is said of one that is %s', (stock) => {
    expect(settled({ stock, states: ['Taken', 'Unknown'], direction: 'GiveBack' }, LATE).answer).toBeNull();
  });

  it('goes on giving back what it has begun to, although it was kept after all', () => {
    const { answer } = settled({ states: ['GivenBack', 'ToTake'], direction: 'GiveBack', verdict: KEPT });
    expect(answer).toEqual(compensated([]));
  });
});
