import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learn, linesHeld, NOTHING_KNOWN, type OrderEvent, PRODUCERS, type Recorded } from '../events/index.ts';
import { envelop } from '../journal/index.ts';
import { type Heard, hear } from './hear.ts';
import { cancelled, confirmed, created, failed, OUTSIDE, refunded, succeeded } from './heard.fixture.ts';
import { afterAll, ledgerOf, levelsOf, NOW, PRODUCTS, shuffledWithRepetitions, typesOf } from './ledger.fixture.ts';
import { type Ledger, reservationOf } from './ledger.ts';
import { linesOf, placeOf } from './reservation.ts';

const WRITER = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };

const answersTo = ({ answers }: Ledger, orderId: string) =>
  answers.filter(({ aggregateId }) => aggregateId === orderId);

/** Where the order's units are, whatever the way on which they came there. */
const outcomeOf = (ledger: Ledger, orderId: string) => {
  const { reservation } = reservationOf(ledger, orderId);
  return { place: placeOf(reservation), lines: linesOf(reservation) };
};

const quantities = fc.dictionary(fc.constantFrom(...PRODUCTS), fc.integer({ min: 1, max: 4 }), {
  minKeys: 1,
  maxKeys: 3,
});

type Ending = (orderId: string) => readonly Recorded<Heard>[];
const CONSISTENT: readonly Ending[] = [
  () => [],
  (orderId) => [succeeded(orderId)],
  (orderId) => [succeeded(orderId, { producer: OUTSIDE }), confirmed(orderId)],
  (orderId) => [cancelled(orderId)],
  (orderId) => [failed(orderId)],
  (orderId) => [failed(orderId, { producer: OUTSIDE })],
  (orderId) => [failed(orderId), succeeded(orderId, { producer: OUTSIDE })],
  (orderId) => [cancelled(orderId), failed(orderId)],
  (orderId) => [cancelled(orderId), succeeded(orderId), refunded(orderId)],
  (orderId) => [failed(orderId), succeeded(orderId), refunded(orderId)],
];

/** Other services say both that the payment succeeded and that it failed; then the owner, who believed one of them. */
const contradiction: Ending = (orderId) => [
  succeeded(orderId, { producer: OUTSIDE }),
  failed(orderId, { producer: OUTSIDE }),
];
const CONTRADICTORY_BUT_OVER: readonly Ending[] = [
  (orderId) => [...contradiction(orderId), refunded(orderId)],
  (orderId) => [...contradiction(orderId), cancelled(orderId), refunded(orderId)],
  (orderId) => [...contradiction(orderId), failed(orderId)],
];
const CONTRADICTORY_BUT_CONFIRMED: Ending = (orderId) => [...contradiction(orderId), confirmed(orderId)];
const ALL = [...CONSISTENT, ...CONTRADICTORY_BUT_OVER, CONTRADICTORY_BUT_CONFIRMED, contradiction];

const histories = (endings: readonly Ending[]) =>
  fc
    .array(fc.tuple(quantities, fc.constantFrom(...endings)), { minLength: 1, maxLength: 4 })
    .map((orders) => orders.flatMap(([wanted, ending], n) => [created(`order_${n}`, wanted), ...ending(`order_${n}`)]));

const ordersOf = (history: readonly Recorded<Heard>[]) => new Set(history.map(({ envelope }) => envelope.aggregateId));

/** What the events say of an order's stock, by the read side's own rules. */
const derivedPlaceOf = (ledger: Ledger, history: readonly Recorded<Heard>[], orderId: string) => {
  const own = answersTo(ledger, orderId).map((answer) => envelop(WRITER, answer, NOW));
  const all = [...history.filter(({ envelope }) => envelope.aggregateId === orderId), ...own] as Recorded<OrderEvent>[];
  const facts = all.reduce(learn, NOTHING_KNOWN);
  if (linesHeld(facts).length === 0) return 'available';
  return facts.confirmed !== null || Object.keys(facts.succeeded).length > 0 ? 'sold' : 'reserved';
};

const isEndOf = (event: Heard, orderId: string): boolean =>
  (event.type === 'OrderCancelled' || event.type === 'PaymentFailed') && event.data.orderId === orderId;

const reordered = (endings: readonly Ending[]) =>
  histories(endings).chain((history) =>
    fc.record({ history: fc.constant(history), heard: shuffledWithRepetitions(history) }),
  );

const plenty = 100;

describe('every order and every repetition of the events', () => {
  it('of consistent histories leave the same reservations and the same stock', () => {
    fc.assert(
      fc.property(reordered(CONSISTENT), ({ history, heard }) => {
        const straight = afterAll(plenty, history);
        const mixed = afterAll(plenty, heard);
        expect(levelsOf(mixed)).toEqual(levelsOf(straight));
        for (const orderId of ordersOf(history))
          expect(outcomeOf(mixed, orderId)).toEqual(outcomeOf(straight, orderId));
      }),
    );
  });

  it('keep the sum of every product, and never take what is not there', () => {
    fc.assert(
      fc.property(reordered(ALL), fc.integer({ min: 0, max: 8 }), ({ heard }, available) => {
        const ledger = ledgerOf(available);
        for (const recorded of heard) {
          hear(ledger, recorded, NOW);
          for (const level of levelsOf(ledger)) {
            expect(level.available + level.reserved + level.sold).toBe(available);
            expect(Math.min(level.available, level.reserved, level.sold)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
    );
  });

  it('answer every order at most once of each kind, in the numbers 1, 2, …', () => {
    fc.assert(
      fc.property(reordered(ALL), fc.integer({ min: 0, max: 8 }), ({ heard }, available) => {
        const ledger = afterAll(available, heard);
        for (const orderId of ordersOf(heard)) {
          const types = typesOf(answersTo(ledger, orderId));
          expect(types.filter((type) => type === 'StockCompensated').length).toBeLessThanOrEqual(1);
          expect(types.filter((type) => type !== 'StockCompensated').length).toBeLessThanOrEqual(1);
          expect(answersTo(ledger, orderId).map(({ version }) => version)).toEqual(types.map((_, nth) => nth + 1));
        }
      }),
    );
  });

  it('compensate every order that ended exactly once, unless nothing could be reserved for it', () => {
    const endings = [...CONSISTENT, ...CONTRADICTORY_BUT_OVER];
    fc.assert(
      fc.property(reordered(endings), fc.integer({ min: 0, max: 8 }), ({ heard }, available) => {
        const ledger = afterAll(available, heard);
        for (const orderId of ordersOf(heard)) {
          const types = typesOf(answersTo(ledger, orderId));
          const isDue = heard.some(({ event }) => isEndOf(event, orderId)) && !types.includes('StockReservationFailed');
          expect(types.includes('StockCompensated')).toBe(isDue);
        }
      }),
    );
  });

  it('answer a contested sale once the owner has confirmed it', () => {
    const beginning = created('order_1', { prod_1: 1 });
    const rest = shuffledWithRepetitions([beginning, ...CONTRADICTORY_BUT_CONFIRMED('order_1')]);
    fc.assert(
      fc.property(rest, (heard) => {
        const ledger = afterAll(plenty, [beginning, ...heard]);
        expect(typesOf(ledger.answers)).toEqual(['StockReserved', 'StockCompensated']);
      }),
    );
  });

  it('leave the ledger where the events say it is', () => {
    fc.assert(
      fc.property(reordered(ALL), fc.integer({ min: 0, max: 8 }), ({ heard }, available) => {
        const ledger = afterAll(available, heard);
        for (const orderId of ordersOf(heard)) {
          expect(outcomeOf(ledger, orderId).place).toBe(derivedPlaceOf(ledger, heard, orderId));
        }
      }),
    );
  });

  it('hold nothing for an order that is over', () => {
    const ended = CONSISTENT.filter((ending) => ending('order_0').some(({ event }) => isEndOf(event, 'order_0')));
    fc.assert(
      fc.property(reordered([...ended, ...CONTRADICTORY_BUT_OVER]), ({ heard }) => {
        const ledger = afterAll(plenty, heard);
        expect(levelsOf(ledger).map(({ available }) => available)).toEqual(PRODUCTS.map(() => plenty));
      }),
    );
  });

  it('leave a confirmed sale alone, of which a second payment is refunded', () => {
    const beginning = created('order_1', { prod_1: 1 });
    const rest = [beginning, succeeded('order_1'), succeeded('order_1'), confirmed('order_1'), refunded('order_1')];
    fc.assert(
      fc.property(shuffledWithRepetitions(rest), (heard) => {
        expect(outcomeOf(afterAll(plenty, [beginning, ...heard]), 'order_1').place).toBe('sold');
      }),
    );
  });
});
