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
} from '../../events/index.ts';
import { decide, type OwnersWord } from '../decide.ts';
import { NOW, PRODUCTS, shuffledWithRepetitions } from '../ledger.fixture.ts';
import { cancelled, confirmed, created, failed, rejected } from '../received.fixture.ts';
import { evolve, isRemote, NO_RESERVATION, type Reservation, type ReservationEvent } from '../reservation.ts';
import { progressOf, type Step, type Turn } from './advance.ts';
import { type Call, type CallOutcome, callKey, isSettled } from './intent.ts';

const ORDER = 'order_1';
const WRITER = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };
const MINUTE_MS = 60_000;
const PATIENCE_MINUTES = 15;
const NOT_KNOWN: CallOutcome = { type: 'NotKnown', retryAfterMs: 0, isAway: true };

const momentAt = (minute: number) => ({
  now: new Date(Date.parse(NOW) + minute * MINUTE_MS).toISOString(),
  expiresAt: new Date(Date.parse(NOW) + (minute + PATIENCE_MINUTES) * MINUTE_MS).toISOString(),
});

/** The shop's inventory: an answer a key, for ever. */
class Shelf {
  readonly available = new Map<string, number>();
  readonly taken = new Map<string, number>();
  readonly #answers = new Map<string, CallOutcome>();

  constructor(units: number) {
    for (const id of PRODUCTS) this.available.set(id, units);
  }

  carryOut(call: Call): CallOutcome {
    const known = this.#answers.get(callKey(call));
    if (known !== undefined) return known;
    const answer = this.#change(call);
    this.#answers.set(callKey(call), answer);
    return answer;
  }

  #change({ productId, quantity, way }: Call): CallOutcome {
    const available = this.available.get(productId) ?? 0;
    const delta = way === 'reduce' ? -quantity : quantity;
    if (available + delta < 0) return { type: 'Refused', available };
    this.available.set(productId, available + delta);
    this.taken.set(productId, (this.taken.get(productId) ?? 0) - delta);
    return { type: 'Done' };
  }
}

/** What befalls one call. `Later`: it arrives when others have, and nobody hears of it. */
type OnTheWay = 'Pass' | 'LoseRequest' | 'LoseAnswer' | 'Later' | 'Crash';

/** An order's saga: its row, what it has said, and calls that are still on their way. */
class Order {
  readonly said: ReservationEvent[] = [];
  reservation: Reservation = NO_RESERVATION;
  readonly #shelf: Shelf;
  readonly #late: Call[] = [];
  #minute = 0;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  receive(recorded: Recorded<OwnersWord>): void {
    const at = { keeper: 'Remote', stock: new Map(), ...momentAt(this.#minute) } as const;
    const { reservation, answer } = decide(this.reservation, recorded, at);
    this.#keep(answer === null ? reservation : evolve(reservation, answer), answer);
  }

  wait(minutes: number): void {
    this.#minute += minutes;
  }

  /** Makes the calls that are due, until the first that comes to nothing. */
  call(ways: readonly OnTheWay[]): void {
    let told: Turn['told'] = null;
    for (const way of ways) {
      const step = this.#step(told);
      if (step.type !== 'Ask') return;
      const outcome = this.#ask(step.call, way);
      if (outcome.type === 'NotKnown' || way === 'Crash') return;
      told = { call: step.call, outcome };
    }
    this.#step(told, false);
  }

  arriveLate(): void {
    for (const call of this.#late.splice(0)) this.#shelf.carryOut(call);
  }

  #step(told: Turn['told'], mayAsk = true): Step {
    const { reservation } = this;
    if (!isRemote(reservation)) return { type: 'Over' };
    const turn = { orderId: ORDER, told, mayAsk };
    const progress = progressOf({ reservation, version: this.said.length }, turn, momentAt(this.#minute));
    this.#keep(progress.state.reservation, progress.answer);
    return progress.step;
  }

  #ask(call: Call, way: OnTheWay): CallOutcome {
    if (way === 'LoseRequest') return NOT_KNOWN;
    if (way === 'Later') {
      this.#late.push(call);
      return NOT_KNOWN;
    }
    const answer = this.#shelf.carryOut(call);
    return way === 'LoseAnswer' ? NOT_KNOWN : answer;
  }

  #keep(reservation: Reservation, answer: ReservationEvent | null): void {
    this.reservation = reservation;
    if (answer !== null) this.said.push(answer);
  }
}

type Word = (second: number) => Recorded<OwnersWord>;
const at = (second: number) => ({ occurredAt: new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString() });
const WORDS: readonly Word[] = [
  (second) => confirmed(ORDER, at(second)),
  (second) => rejected(ORDER, at(second)),
  (second) => cancelled(ORDER, at(second)),
  (second) => failed(ORDER, at(second)),
  (second) => failed(ORDER, at(second), 'ORDER_OVER'),
];

const quantities = fc.dictionary(fc.constantFrom(...PRODUCTS), fc.integer({ min: 1, max: 3 }), {
  minKeys: 1,
  maxKeys: 3,
});
const words = fc.array(
  fc.tuple(fc.constantFrom(...WORDS), fc.integer({ min: 0, max: 3 })).map(([word, second]) => word(second)),
  { maxLength: 4 },
);
const ways = fc.array(
  fc.constantFrom<OnTheWay>('Pass', 'Pass', 'Pass', 'LoseRequest', 'LoseAnswer', 'Later', 'Crash'),
  { minLength: 1, maxLength: 8 },
);

/** What happens between two deliveries. */
const between = fc.record({
  ways: fc.option(ways, { nil: [] }),
  minutes: fc.constantFrom(0, 0, 1, 20),
  late: fc.boolean(),
});

const histories = fc
  .tuple(quantities, words)
  .map(([wanted, said]) => [created(ORDER, wanted), ...said])
  .chain((history) =>
    fc.record({
      received: shuffledWithRepetitions(history),
      gaps: fc.array(between, { minLength: 12, maxLength: 12 }),
      units: fc.integer({ min: 0, max: 4 }),
    }),
  );

const ALL_PASS: readonly OnTheWay[] = Array.from({ length: 12 }, () => 'Pass' as const);

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;

/** Plays the history, and whatever is left to be done when nothing fails any more. */
const play = ({ received, gaps, units }: History) => {
  const shelf = new Shelf(units);
  const order = new Order(shelf);
  for (const [nth, recorded] of received.entries()) {
    order.receive(recorded);
    const gap = gaps[nth % gaps.length];
    order.call(gap?.ways ?? []);
    order.wait(gap?.minutes ?? 0);
    if (gap?.late === true) order.arriveLate();
  }
  order.arriveLate();
  order.call(ALL_PASS);
  return { shelf, order, received };
};

const readingOf = ({ order, received }: ReturnType<typeof play>) => {
  const own = order.said.map((event, nth) =>
    envelop(
      WRITER,
      { event, aggregateId: ORDER, sequence: nth, version: nth, causationId: null, traceparent: null },
      NOW,
    ),
  );
  return readOrder(([...received, ...own] as Recorded<OrderEvent>[]).reduce(learn, NOTHING_KNOWN));
};

describe('an order whose stock is elsewhere, in every order of its events, repeated, with calls that are lost and late', () => {
  it('has taken all of its lines or none, as everybody reads it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const played = play(history);
        const { shelf, order } = played;
        const { held } = readingOf(played);
        const taken = new Map([...shelf.taken].filter(([, units]) => units !== 0));
        expect(taken).toEqual(new Map(held.lines.map(({ productId, quantity }) => [productId, quantity])));
        const { intent } = order.reservation;
        expect(intent === null || isSettled(intent)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is answered at most once of each kind, and never without an end', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const played = play(history);
        const types = played.order.said.map(({ type }) => type);
        expect(types.filter((type) => type === 'StockCompensated').length).toBeLessThanOrEqual(1);
        expect(types.filter((type) => type !== 'StockCompensated').length).toBeLessThanOrEqual(1);
        expect(types.length).toBeGreaterThan(0);
        expect(readingOf(played).stock).not.toBe('Undecided');
      }),
      { numRuns: 1_000 },
    );
  });

  it('never has less than nothing there', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { shelf } = play(history);
        for (const [, units] of shelf.available) expect(units).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
