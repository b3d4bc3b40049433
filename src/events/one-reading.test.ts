import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as say from '../../harness/support/order-history.ts';
import { recorded } from '../../harness/support/recorded.ts';
import type { OrderEvent } from './catalogue.ts';
import { contradictionsOf } from './contradictions.ts';
import type { Recorded } from './envelope.ts';
import { learn, MAX_ASIDES, NOTHING_KNOWN, type OrderFacts } from './order-facts.ts';
import { heldOf, readOrder } from './order-reading.ts';
import { PRODUCERS } from './producers.ts';

const free = (event: OrderEvent): OrderEvent =>
  event.type === 'OrderCreated' ? { type: event.type, data: { ...event.data, totalAmount: '0.00' } } : event;

const WORDS: readonly OrderEvent[] = [
  say.created,
  free(say.created),
  say.reserved,
  say.shortage,
  say.compensated,
  say.nothingToCompensate,
  say.requested,
  say.declined,
  say.expired,
  say.chargedTooLate,
  say.confirmed,
  say.rejected,
  say.cancelled,
  say.succeeded('pay_1'),
  say.succeeded('pay_2', '10.50'),
  say.succeeded('pay_3', '1000.00'),
  say.succeeded('pay_4', '50.00', 'USD'),
  say.succeeded('pay_5', '21.005'),
  say.refunded('pay_1'),
  say.refunded('pay_4'),
];
const STRANGER = 'shop-service';

let nth = 0;
/** A word, by the service whose it is to say or by another one, at one of a few times. */
const word = fc
  .record({ event: fc.constantFrom(...WORDS), isStrangers: fc.boolean(), second: fc.integer({ min: 0, max: 3 }) })
  .map(({ event, isStrangers, second }): Recorded<OrderEvent> => {
    nth += 1;
    const occurredAt = new Date(Date.UTC(2026, 0, 2) + second * 1_000).toISOString();
    const by = isStrangers ? { producer: STRANGER } : {};
    return recorded(event, { eventId: `event_${nth}`, occurredAt, ...by });
  });

const sets = fc.array(word, { maxLength: 6 });
const factsOf = (words: readonly Recorded<OrderEvent>[]): OrderFacts => words.reduce(learn, NOTHING_KNOWN);
const RUNS = { numRuns: 3_000 };

describe('the reading of any six words on an order, by whomever', () => {
  it('is the same in every order and for every repetition, and survives being kept as JSON', () => {
    const told = sets.chain((words) =>
      fc.record({
        words: fc.constant(words),
        again: fc.shuffledSubarray([...words, ...words], { minLength: words.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(told, ({ words, again }) => {
        const facts = factsOf(words);
        expect(factsOf(again)).toEqual(facts);
        const kept = JSON.parse(JSON.stringify(facts)) as OrderFacts;
        expect(readOrder(kept)).toEqual(readOrder(facts));
        expect(heldOf(facts)).toEqual(readOrder(facts).held);
      }),
      RUNS,
    );
  });

  it('holds nothing for what is lost but what is on its way back, and sells only what is confirmed', () => {
    fc.assert(
      fc.property(sets, (words) => {
        const { held, status, outcome, verdict, waitsFor } = readOrder(factsOf(words));
        const isHeld = held.lines.length > 0;
        expect(held.isSold).toBe(isHeld && outcome === 'Kept');
        expect(held.isSold && verdict?.type !== 'OrderConfirmed').toBe(false);
        expect(status === 'CONFIRMED' && !held.isSold).toBe(false);
        expect(outcome === 'Lost' && isHeld && waitsFor === null).toBe(false);
        expect((status === 'REJECTED' || status === 'CANCELLED') && isHeld).toBe(false);
      }),
      RUNS,
    );
  });

  it('leaves nothing without an end, a deadline or a next step', () => {
    fc.assert(
      fc.property(sets, (words) => {
        const { isOver, waitsFor, isComplete, status } = readOrder(factsOf(words));
        expect(!isOver && waitsFor === null).toBe(false);
        expect(waitsFor?.for === 'Payment' && !isOver && waitsFor.until === null).toBe(false);
        expect(isComplete && !['CONFIRMED', 'REJECTED', 'CANCELLED'].includes(status)).toBe(false);
      }),
      RUNS,
    );
  });

  it('keeps of the payments what covers a confirmed order, and owes back the others', () => {
    fc.assert(
      fc.property(sets, (words) => {
        const facts = factsOf(words);
        const { money, outcome, isOver, isPaid, isComplete } = readOrder(facts);
        const all = Object.keys(facts.succeeded);
        const settled = [...money.kept, ...money.owedBack].map(({ data }) => data.paymentId);
        const refunded = all.filter((id) => Object.hasOwn(facts.refunded, id) && !settled.includes(id));
        expect([...settled, ...refunded].toSorted()).toEqual(all.toSorted());
        expect(isOver && outcome === 'Lost' && money.kept.length > 0).toBe(false);
        expect(isComplete && money.owedBack.length > 0).toBe(false);
        expect(isComplete && outcome === 'Kept' && !isPaid).toBe(false);
      }),
      RUNS,
    );
  });

  it('is not moved by a stranger, except by a payment that he reports', () => {
    fc.assert(
      fc.property(sets, (words) => {
        const believed = words.filter(
          ({ envelope, event }) => envelope.producer !== STRANGER || event.type.match(/^Payment(Succeeded|Failed)$/),
        );
        const [all, ours] = [factsOf(words), factsOf(believed)];
        expect(readOrder(all)).toEqual(readOrder(ours));
        expect({ ...all, asides: [], moreAsides: 0 }).toEqual({ ...ours, asides: [], moreAsides: 0 });
      }),
      RUNS,
    );
  });

  it('names each word that is not believed, with a reason', () => {
    fc.assert(
      fc.property(sets, (words) => {
        const facts = factsOf(words);
        const { listed } = contradictionsOf(facts, readOrder(facts));
        const named = listed.map(({ eventId }) => eventId);
        const strange = words.filter(
          ({ envelope, event }) => envelope.producer === STRANGER && !event.type.match(/^Payment(Succeeded|Failed)$/),
        );
        for (const { envelope } of strange) expect(named).toContain(envelope.eventId);
        for (const { reason } of listed) expect(reason).toMatch(/^[A-Z0-9].*\.$/);
        expect(new Set(named).size).toBe(named.length);
      }),
      RUNS,
    );
  });
});

const read = (...words: readonly Recorded<OrderEvent>[]) => readOrder(factsOf(words));
const at = (second: number) => ({ occurredAt: new Date(Date.UTC(2026, 0, 3) + second * 1_000).toISOString() });
const stranger = (second: number) => ({ ...at(second), producer: STRANGER });

describe('an order', () => {
  const paid = [say.created, say.reserved, say.requested, say.succeeded(), say.confirmed].map((event, second) =>
    recorded(event, at(second)),
  );

  it('that was confirmed has one end, whatever is said afterwards', () => {
    for (const event of WORDS) {
      const { status, verdict } = read(...paid, recorded(event, stranger(9)));
      expect({ status, verdict: verdict?.type }).toEqual({ status: 'CONFIRMED', verdict: 'OrderConfirmed' });
    }
  });

  it('knows what its own charge took from its owner, whoever tells of that payment before, and of how much', () => {
    const others = [
      say.succeeded('pay_1', '0.01'),
      say.succeeded('pay_1', '1000.00'),
      say.succeeded('pay_1', '5.00', 'USD'),
    ];
    const told = others.map((event, second) => recorded(event, stranger(second - 9)));
    const without = read(...paid);
    for (const words of [[...told, ...paid], [...paid, ...told], [...told, ...paid].toReversed()]) {
      const { money, ...rest } = read(...words);
      expect({ ...rest, money }).toEqual(without);
      const facts = factsOf(words);
      const named = contradictionsOf(facts, readOrder(facts)).listed.map(({ eventId }) => eventId);
      expect(named).toEqual(told.map(({ envelope }) => envelope.eventId));
    }
  });

  it('is complete once its payment was seen, and its charge answered', () => {
    const orders = paid.filter(({ event }) => event.type !== 'PaymentSucceeded');
    expect(read(...orders)).toMatchObject({ status: 'AWAITING_PAYMENT', isOver: true, isComplete: false });
    expect(read(...paid)).toMatchObject({ status: 'CONFIRMED', isComplete: true });
  });

  it('that is cancelled while its charge is under way is complete after the refund, not before', () => {
    const events = [say.created, say.reserved, say.requested, say.cancelled, say.compensated];
    const words = [...events, say.succeeded(), say.refunded('pay_1')].map((event, second) =>
      recorded(event, at(second)),
    );
    const complete = words.map((_, index) => read(...words.slice(0, index + 1)).isComplete);
    expect(complete).toEqual([false, false, false, false, false, false, true]);
  });

  it('keeps so many of the words that it does not believe, and counts the others', () => {
    const words = Array.from({ length: 50 }, (_, second) => recorded(say.confirmed, stranger(second)));
    const facts = factsOf([...paid, ...words]);
    const { listed, more } = contradictionsOf(facts, readOrder(facts));
    expect([listed.length, more]).toEqual([MAX_ASIDES, 50 - MAX_ASIDES]);
  });

  it('names the payment of more than it costs', () => {
    const words = paid.filter(({ event }) => event.type !== 'PaymentSucceeded' && event.type !== 'PaymentRequested');
    const over = recorded(say.succeeded('pay_9', '1000.00'), stranger(4));
    const facts = factsOf([...words, over]);
    const { listed } = contradictionsOf(facts, readOrder(facts));
    expect(listed).toEqual([
      { eventId: over.envelope.eventId, reason: '979.00 EUR more were paid than the order costs, and are kept.' },
    ]);
    expect(readOrder(facts)).toMatchObject({ status: 'CONFIRMED', isComplete: true });
  });

  it('believes nobody but its owner and the inventory', () => {
    const names = new Set(WORDS.map((event) => recorded(event).envelope.producer));
    expect(names).toEqual(new Set(Object.values(PRODUCERS)));
  });
});
