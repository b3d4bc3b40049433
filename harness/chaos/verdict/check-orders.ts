import { minorOf } from './money.ts';
import { describeLines, gaveBack, type OrderStory, storiesOf } from './order-story.ts';
import { type Check, violationOf } from './violation.ts';

type Rule = (story: OrderStory) => readonly (readonly [invariant: string, message: string])[];

const ONCE = [
  'OrderCreated',
  'StockReserved',
  'StockReservationFailed',
  'StockCompensated',
  'OrderConfirmed',
  'OrderRejected',
  'OrderCancelled',
  'PaymentFailed',
  'ChargeFailed',
] as const;

const once: Rule = (story) =>
  ONCE.filter((type) => story.of(type).length > 1).map((type) => ['I-10', `${story.of(type).length} × ${type}`]);

const created: Rule = (story) =>
  story.has('OrderCreated') ? [] : [['I-1', 'events of an order that was never created']];

const answeredCharge: Rule = (story) => {
  const declined = story.of('PaymentFailed').filter(({ data }) => data.reason !== 'PAYMENT_EXPIRED').length;
  const answers = story.of('PaymentSucceeded').length + declined + story.of('ChargeFailed').length;
  const asked = story.of('PaymentRequested').length;
  return answers === asked ? [] : [['I-13', `${asked} charges asked for, ${answers} answered`]];
};

const oneDecision: Rule = (story) =>
  story.has('StockReserved') && story.has('StockReservationFailed') ? [['I-10', 'reserved, and not reserved']] : [];

const sameLines: Rule = (story) => {
  const ordered = describeLines(story.of('OrderCreated')[0]?.data.lines);
  return ['StockReserved', 'StockCompensated'].flatMap((type) => {
    const [event] = story.of(type);
    if (event === undefined || (type === 'StockCompensated' && !gaveBack(story))) return [];
    const lines = describeLines(event.data.lines);
    return lines === ordered ? [] : [['I-10', `${type} of ${lines}; ordered were ${ordered}`] as const];
  });
};

const oneEnd: Rule = (story) => {
  const ends = ['OrderConfirmed', 'OrderRejected', 'OrderCancelled'].filter((type) => story.has(type));
  return ends.length > 1 ? [['I-11', ends.join(' and ')]] : [];
};

const confirmedIsSold: Rule = (story) => {
  if (!story.has('OrderConfirmed')) return [];
  if (!story.has('StockReserved')) return [['I-11', 'confirmed without stock']];
  if (!story.has('PaymentSucceeded')) return [['I-11', 'confirmed without payment']];
  return gaveBack(story) ? [['I-11', 'confirmed, and its stock given back']] : [];
};

const noGhostHold: Rule = (story) => {
  const hasFailed = story.has('OrderCancelled') || story.has('PaymentFailed') || story.has('OrderRejected');
  if (!hasFailed || story.has('OrderConfirmed')) return [];
  return story.has('StockReserved') && !gaveBack(story) ? [['I-12', 'over, and its stock is still held']] : [];
};

const giveBackOnlyWhatIsHeld: Rule = (story) =>
  gaveBack(story) && !story.has('StockReserved') ? [['I-10', 'given back what was never reserved']] : [];

const RULES: readonly Rule[] = [
  created,
  once,
  answeredCharge,
  oneDecision,
  sameLines,
  oneEnd,
  confirmedIsSold,
  noGhostHold,
  giveBackOnlyWhatIsHeld,
];

/** What each order's events may be, taken together. */
export const orderRules: Check = (evidence) =>
  storiesOf(evidence).flatMap((story) =>
    RULES.flatMap((rule) => rule(story)).map(([invariant, message]) =>
      violationOf(evidence, [invariant, story.id, message]),
    ),
  );

/** What was taken and not given back is the price of what was confirmed. */
export const money: Check = (evidence) => {
  const charges = Map.groupBy(evidence.charges, ({ order_id }) => order_id);
  return storiesOf(evidence).flatMap((story) => {
    const taken = (charges.get(story.id) ?? []).filter(({ outcome, refunded }) => outcome === 'succeeded' && !refunded);
    const kept = taken.reduce((sum, { amount }) => sum + minorOf(amount), 0);
    const total = minorOf(story.of('OrderCreated')[0]?.data.total_amount);
    const due = story.has('OrderConfirmed') ? total : 0;
    if (kept === due) return [];
    const { trail, ...violation } = violationOf(evidence, ['I-12b', story.id, `kept ${kept}, due ${due}`]);
    return [
      { ...violation, trail: [...trail, ...(charges.get(story.id) ?? []).map((charge) => JSON.stringify(charge))] },
    ];
  });
};
