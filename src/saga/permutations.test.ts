import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  envelop,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  PRODUCERS,
  type Recorded,
  readOrder,
} from '../events/index.ts';
import { apply, type Received } from './apply.ts';
import type { OwnersWord } from './decide.ts';
import {
  AT_LEDGER,
  afterAll,
  ledgerOf,
  levelsOf,
  NOW,
  PRODUCTS,
  shuffledWithRepetitions,
  typesOf,
} from './ledger.fixture.ts';
import { type Ledger, reservationOf } from './ledger.ts';
import { cancelled, confirmed, created, failed, rejected } from './received.fixture.ts';
import { placeOf } from './reservation.ts';

const WRITER = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };

const answersTo = ({ answers }: Ledger, orderId: string) =>
  answers.filter(({ aggregateId }) => aggregateId === orderId);

/** Where the order's units are, whatever the way on which they came there. */
const outcomeOf = (ledger: Ledger, orderId: string) => {
  const { reservation } = reservationOf(ledger, orderId);
  return { place: placeOf(reservation), lines: reservation.lines };
};

const quantities = fc.dictionary(fc.constantFrom(...PRODUCTS), fc.integer({ min: 1, max: 4 }), {
  minKeys: 1,
  maxKeys: 3,
});

type Word = (orderId: string, second: number) => Recorded<OwnersWord>;
const at = (second: number) => ({ occurredAt: new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString() });
const WORDS: readonly Word[] = [
  (orderId, second) => confirmed(orderId, at(second)),
  (orderId, second) => rejected(orderId, at(second)),
  (orderId, second) => cancelled(orderId, at(second)),
  (orderId, second) => failed(orderId, at(second)),
  (orderId, second) => failed(orderId, at(second), 'PAYMENT_EXPIRED'),
  (orderId, second) => failed(orderId, at(second), 'ORDER_OVER'),
];

/** What an owner says who speaks once, and what only a damaged or forged one says. */
const sayings = (most: number) =>
  fc
    .array(fc.tuple(fc.constantFrom(...WORDS), fc.integer({ min: 0, max: 3 })), { maxLength: most })
    .map((words) => (orderId: string) => words.map(([word, second]) => word(orderId, second)));

const histories = (most: number) =>
  fc
    .array(fc.tuple(quantities, sayings(most)), { minLength: 1, maxLength: 3 })
    .map((orders) => orders.flatMap(([wanted, say], n) => [created(`order_${n}`, wanted), ...say(`order_${n}`)]));

const ordersOf = (history: readonly Recorded<Received>[]) =>
  new Set(history.map(({ envelope }) => envelope.aggregateId));

const reordered = (most: number) =>
  histories(most).chain((history) =>
    fc.record({ history: fc.constant(history), received: shuffledWithRepetitions(history) }),
  );

/** The one reading of what was said of the order, by its owner and by the saga. */
const readingOf = (ledger: Ledger, history: readonly Recorded<Received>[], orderId: string) => {
  const own = answersTo(ledger, orderId).map((answer) => envelop(WRITER, answer, NOW));
  const all = [...history.filter(({ envelope }) => envelope.aggregateId === orderId), ...own] as Recorded<OrderEvent>[];
  return readOrder(all.reduce(learn, NOTHING_KNOWN));
};

const plenty = 100;

describe('every order and every repetition of the events', () => {
  it('of an owner who speaks once leave the same reservations and the same stock', () => {
    fc.assert(
      fc.property(reordered(1), ({ history, received }) => {
        const straight = afterAll(plenty, history);
        const mixed = afterAll(plenty, received);
        expect(levelsOf(mixed)).toEqual(levelsOf(straight));
        for (const orderId of ordersOf(history))
          expect(outcomeOf(mixed, orderId)).toEqual(outcomeOf(straight, orderId));
      }),
    );
  });

  it('keep the sum of every product, and never take what is not there', () => {
    fc.assert(
      fc.property(reordered(6), fc.integer({ min: 0, max: 8 }), ({ received }, available) => {
        const ledger = ledgerOf(available);
        for (const recorded of received) {
          apply(ledger, recorded, AT_LEDGER);
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
      fc.property(reordered(6), fc.integer({ min: 0, max: 8 }), ({ received }, available) => {
        const ledger = afterAll(available, received);
        for (const orderId of ordersOf(received)) {
          const types = typesOf(answersTo(ledger, orderId));
          expect(types.filter((type) => type === 'StockCompensated').length).toBeLessThanOrEqual(1);
          expect(types.filter((type) => type !== 'StockCompensated').length).toBeLessThanOrEqual(1);
          expect(answersTo(ledger, orderId).map(({ version }) => version)).toEqual(types.map((_, nth) => nth + 1));
        }
      }),
    );
  });

  it('leave the ledger where everybody reads that it is, and hold nothing for an order that is lost', () => {
    fc.assert(
      fc.property(reordered(6), fc.integer({ min: 0, max: 8 }), ({ received }, available) => {
        const ledger = afterAll(available, received);
        for (const orderId of ordersOf(received)) {
          const { held, outcome } = readingOf(ledger, received, orderId);
          const { place, lines } = outcomeOf(ledger, orderId);
          expect(lines).toEqual(held.lines);
          expect(place).toBe(lines.length === 0 ? 'available' : held.isSold ? 'sold' : 'reserved');
          expect(outcome === 'Lost' && lines.length > 0).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });
});
