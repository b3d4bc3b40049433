import type { Evidence } from './evidence.ts';
import { describeItems, foldCart, totalMinorOf } from './fold-cart.ts';
import { minorOf } from './money.ts';
import { describeLines, type OrderStory, statusOf, storiesOf } from './order-story.ts';
import { type Check, violationOf } from './violation.ts';

const cartMismatch = (evidence: Evidence, id: string): string | null => {
  const shown = evidence.models.carts.get(id);
  if (shown === undefined) return 'the API does not know it';
  const folded = foldCart(evidence.byAggregate.get(id) ?? []);
  if (shown.version !== folded.version) return `version ${shown.version} is shown, ${folded.version} is stored`;
  if (shown.status !== folded.status) return `${shown.status} is shown, the events say ${folded.status}`;
  if (describeItems(shown.items) !== describeItems(folded.items)) return `shown is ${describeItems(shown.items)}`;
  return totalMinorOf(folded.items) === minorOf(shown.totalAmount.amount) ? null : `total ${shown.totalAmount.amount}`;
};

/** Every cart is shown as its events add up. */
export const cartModels: Check = (evidence) =>
  [...evidence.byAggregate.keys()]
    .filter((id) => id.startsWith('cart_'))
    .flatMap((id) => {
      const mismatch = cartMismatch(evidence, id);
      return mismatch === null ? [] : [violationOf(evidence, ['I-14', id, mismatch])];
    });

const stepsMismatch = (story: OrderStory, evidence: Evidence): string | null => {
  const { steps, revision, status } = evidence.models.orders.get(story.id) ?? { steps: [], revision: 0, status: '' };
  if (steps.some((step, index) => step.revision !== index + 1)) return 'its steps are not numbered 1, 2, 3 …';
  if (revision !== steps.length) return `revision ${revision} with ${steps.length} steps`;
  const shown = steps.map(({ event }) => event.eventId);
  const stored = story.events.map(({ event_id }) => event_id);
  if (shown.toSorted().join() !== stored.toSorted().join())
    return `${shown.length} steps are shown, ${stored.length} events are stored`;
  if (shown.join() !== stored.join()) return 'its steps are in another order than its events';
  return steps.at(-1)?.status === status ? null : `${status} is shown, the last step says ${steps.at(-1)?.status}`;
};

const orderMismatch = (story: OrderStory, evidence: Evidence): string | null => {
  const shown = evidence.models.orders.get(story.id);
  if (shown === undefined) return 'the API does not know it';
  if (shown.status !== statusOf(story)) return `${shown.status} is shown, the events say ${statusOf(story)}`;
  const [created] = story.of('OrderCreated');
  const lines = shown.lines.map(({ productId, quantity }) => ({ product_id: productId, quantity }));
  if (describeLines(lines) !== describeLines(created?.data.lines))
    return `its lines are shown as ${describeLines(lines)}`;
  if (minorOf(shown.totalAmount.amount) !== minorOf(created?.data.total_amount)) return 'its total is wrong';
  return stepsMismatch(story, evidence);
};

/** Every order is shown as its events add up, step by step. */
export const orderModels: Check = (evidence) =>
  storiesOf(evidence).flatMap((story) => {
    const mismatch = orderMismatch(story, evidence);
    return mismatch === null ? [] : [violationOf(evidence, ['I-14', story.id, mismatch])];
  });
