import { stateOf } from '../../../src/saga/index.ts';
import { endsOf, has, linesOf, type OrderStory, of, outcomeOf, sameLines } from './told.ts';
import type { Ended, Rule, Violation } from './violation.ts';

const perOrder =
  (rule: string, problemOf: (story: OrderStory, ended: Ended) => string | null): Rule =>
  (ended) =>
    ended.orders.flatMap((story): readonly Violation[] => {
      const what = problemOf(story, ended);
      return what === null ? [] : [{ rule, what, aggregateId: story.id }];
    });

const count = (story: OrderStory, ...types: readonly string[]): number =>
  types.reduce((sum, type) => sum + of(story, type).length, 0);

/** I-13: every order comes to an end. */
export const everyOrderIsFinal = perOrder('every order is final', (story) =>
  outcomeOf(story) === 'OPEN' ? 'neither confirmed, rejected nor cancelled' : null,
);

/** I-10: one reservation, and at most one answer to its end. */
export const oneEffectPerOrder = perOrder('one effect per order', (story) => {
  if (count(story, 'OrderCreated') !== 1) return `created ${count(story, 'OrderCreated')} times`;
  const reservations = count(story, 'StockReserved', 'StockReservationFailed');
  if (reservations > 1) return `reserved or refused ${reservations} times`;
  if (count(story, 'StockCompensated') > 1) return `compensated ${count(story, 'StockCompensated')} times`;
  return count(story, 'PaymentRequested') > 1 ? 'its payment was requested twice' : null;
});

/** I-10: all lines or none, and back what was taken. */
export const wholeLines = perOrder('all lines or none', (story) => {
  const [created] = of(story, 'OrderCreated');
  if (created === undefined) return 'has events, but was never created';
  const wanted = linesOf(created);
  const moved = [...of(story, 'StockReserved'), ...of(story, 'StockCompensated')].map(linesOf);
  return moved.every((lines) => lines.size === 0 || sameLines(lines, wanted)) ? null : 'other lines were moved';
});

/** I-11: a charge that was asked for is answered, once; also when the order was over meanwhile. */
export const chargesAreAnswered = perOrder('a charge has one outcome', (story) => {
  const declined = of(story, 'PaymentFailed').filter(({ envelope }) => envelope.data['reason'] !== 'PAYMENT_EXPIRED');
  const answers = count(story, 'PaymentSucceeded') + declined.length;
  return answers === count(story, 'PaymentRequested') ? null : `${answers} answers to its charge`;
});

/** I-11: one end, which absorbs. */
export const oneEnd = perOrder('one end', (story) => {
  const ends = endsOf(story).length;
  if (ends > 1) return `ended ${ends} times`;
  if (!has(story, 'OrderConfirmed')) return null;
  if (!has(story, 'StockReserved')) return 'confirmed without stock';
  return has(story, 'StockCompensated') ? 'confirmed, and given back' : null;
});

/** I-12: what did not go through holds nothing. */
export const noGhostHold = perOrder('no ghost hold', (story, { database }) => ghostHoldOf(story, database));

/** What the order holds although it must not, or the other way round; null when nothing is wrong. */
export const ghostHoldOf = (story: OrderStory, database: Ended['database']): string | null => {
  const isConfirmed = outcomeOf(story) === 'CONFIRMED';
  const held = count(story, 'StockReserved');
  const returned = of(story, 'StockCompensated').filter((each) => linesOf(each).size > 0).length;
  if (!isConfirmed && held !== returned) return `reserved ${held} times, given back ${returned} times`;
  const kept = database.reservations.committed.get(story.id);
  const state = kept === undefined ? 'None' : stateOf(kept.reservation);
  const expected = isConfirmed ? ['Sold'] : ['Released', 'Failed'];
  return expected.includes(state) ? null : `the ledger says ${state}`;
};
