import {
  decodeEvent,
  type Envelope,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  type Recorded,
  readOrder,
} from '../../../src/events/index.ts';
import { ORDER_STEP } from '../../../src/read/index.ts';
import type { OrderStory } from './told.ts';
import type { Ended, Rule, Violation } from './violation.ts';

const OF_A_CHARGE: readonly string[] = ['PaymentSucceeded', 'PaymentFailed', 'PaymentRefunded'];

/** The order's events as the read side took them in. */
const stepsOf = ({ database }: Ended, { id }: OrderStory): readonly Envelope[] => {
  const byPosition = new Map([...database.events.committed.values()].map((each) => [each.position, each.envelope]));
  return [...database.readTable(ORDER_STEP).committed.values()]
    .filter(({ orderId }) => orderId === id)
    .toSorted((one, other) => one.revision - other.revision)
    .flatMap(({ eventPosition }) => byPosition.get(eventPosition) ?? []);
};

const recordedOf = (envelope: Envelope) => ({ envelope, event: decodeEvent(envelope) }) as Recorded<OrderEvent>;

/** After how many steps it is said to be complete although its charge was seen to be asked for; null when it never is. */
const completeAfter = (steps: readonly Envelope[]): number | null => {
  let facts = NOTHING_KNOWN;
  for (const [index, envelope] of steps.entries()) {
    facts = learn(facts, recordedOf(envelope));
    if (facts.paymentRequested !== null && readOrder(facts).isComplete) return index + 1;
  }
  return null;
};

/** I-18: whoever follows an order is told of its end when nothing more can come, not of the first status that is final. */
export const completeIsLast: Rule = (ended) =>
  ended.orders
    .filter(({ id }) => !ended.foreign.some(({ envelope }) => envelope.aggregateId === id))
    .flatMap((story): readonly Violation[] => {
      const steps = stepsOf(ended, story);
      const last = completeAfter(steps);
      const late = last === null ? [] : steps.slice(last).filter(({ type }) => OF_A_CHARGE.includes(type));
      if (late.length === 0) return [];
      const what = `${late.map(({ type }) => type).join(', ')} came after step ${last}, which was said to be the last`;
      return [{ rule: 'complete is the last', what, aggregateId: story.id }];
    });
