import { describeStock, expectedStock } from './check-stock.ts';
import type { Evidence } from './evidence.ts';
import { changesOf, type ForeignChange, foreignTrail, netOf } from './foreign-changes.ts';
import { gaveBack, type OrderStory, quantities, storiesOf } from './order-story.ts';
import type { Foreign, Line } from './records.ts';
import { trailOf, type Violation } from './violation.ts';

type ForeignCheck = (evidence: Evidence, foreign: Foreign) => readonly Violation[];

const describe = (quantity: ReadonlyMap<string, number>): string =>
  [...quantity]
    .toSorted(([left], [right]) => left.localeCompare(right))
    .map(([productId, count]) => `${count} × ${productId}`)
    .join(', ') || 'nothing';

/** What was put in, less what was taken, plus what came back, is what is there; and it was never less than nothing. */
const sums: ForeignCheck = (_evidence, foreign) => {
  const sum = new Map<string, number>();
  const violations: Violation[] = [];
  const move = (subject: string, change: number): void => {
    const available = (sum.get(subject) ?? 0) + change;
    sum.set(subject, available);
    if (available >= 0) return;
    violations.push({
      invariant: 'F-1',
      subject,
      message: `${available} available`,
      trail: foreignTrail(foreign, subject),
    });
  };
  for (const entry of foreign.history) {
    if (entry.type === 'Stocked') move(entry.productId, entry.delta);
    if (entry.type !== 'Answered' || entry.ending.type !== 'Changed') continue;
    const { productId, direction, quantity } = entry.change;
    move(productId, direction === 'reduce' ? -quantity : quantity);
  }
  for (const [subject, expected] of sum) {
    const found = foreign.levels[subject];
    const message = `${found} there, ${expected} by its history`;
    if (found !== expected)
      violations.push({ invariant: 'F-1', subject, message, trail: foreignTrail(foreign, subject) });
  }
  return violations;
};

const keyProblem = ({ of, productId, direction, key }: ForeignChange): string | null => {
  if (of === null) return `changed under the key ${key ?? 'of nobody'}`;
  if (of.productId === productId && of.direction === direction) return null;
  return `${direction} of ${productId} under the key ${key}`;
};

/** Every change bears the key of its order, product and direction, was made once, and its key never meant another. */
const keys: ForeignCheck = (_evidence, foreign) => {
  const changes = changesOf(foreign);
  const strange = changes.flatMap((change) => {
    const message = keyProblem(change);
    return message === null ? [] : [{ subject: change.productId, message }];
  });
  const twice = [...Map.groupBy(changes, ({ key }) => key)]
    .filter(([key, same]) => key !== null && same.length > 1)
    .map(([key, same]) => ({ subject: String(key), message: `carried out ${same.length} times` }));
  const misused = foreign.history.flatMap((entry) =>
    entry.type === 'Misused' ? [{ subject: String(entry.change.key), message: 'stood for two requests' }] : [],
  );
  return [...strange, ...twice, ...misused].map(({ subject, message }) => ({
    invariant: 'F-2',
    subject,
    message,
    trail: foreignTrail(foreign, subject),
  }));
};

const linesOf = (story: OrderStory, type: string): readonly Line[] => story.of(type)[0]?.data.lines ?? [];

/** What the order has to have of the inventory, by the events alone. */
const heldBy = (story: OrderStory): ReadonlyMap<string, number> => {
  const isHeld = story.has('OrderConfirmed') || (story.has('StockReserved') && !gaveBack(story));
  return quantities(isHeld ? linesOf(story, 'OrderCreated') : []);
};

const ofOrders = (foreign: Foreign): ReadonlyMap<string, readonly ForeignChange[]> =>
  Map.groupBy(
    changesOf(foreign).filter(({ of }) => of !== null),
    ({ of }) => of?.orderId ?? '',
  );

interface Told {
  readonly story: OrderStory;
  readonly own: readonly ForeignChange[];
}

/** Where what an order was told, and what it has to have, are not what the inventory did. */
const mismatches = ({ story, own }: Told): readonly string[] => {
  const moved = (direction: string): string =>
    describe(
      netOf(
        own.filter((change) => change.direction === direction).map((change) => ({ ...change, direction: 'reduce' })),
      ),
    );
  const told = (type: string): string => describe(quantities(linesOf(story, type)));
  const [net, held] = [describe(netOf(own)), describe(heldBy(story))];
  return [
    ...(net === held ? [] : [`${net} taken there, ${held} by the events`]),
    ...(story.has('StockReserved') && told('StockReserved') !== moved('reduce')
      ? [`told that it has ${told('StockReserved')}; taken was ${moved('reduce')}`]
      : []),
    ...(gaveBack(story) && told('StockCompensated') !== moved('increase')
      ? [`told that ${told('StockCompensated')} went back; ${moved('increase')} did`]
      : []),
  ];
};

/** What confirmed orders hold was taken, all of it; of all others nothing is left taken; and orders were told so. */
const orders: ForeignCheck = (evidence, foreign) => {
  const changes = ofOrders(foreign);
  const stories = new Map(storiesOf(evidence).map((story) => [story.id, story]));
  const strangers = [...changes.keys()].filter((id) => !stories.has(id));
  const violations = [...stories.values()].flatMap((story) =>
    mismatches({ story, own: changes.get(story.id) ?? [] }).map((message) => ({ story, message })),
  );
  return [
    ...strangers.map((subject) => ({
      invariant: 'F-3',
      subject,
      message: 'took stock, and is no order',
      trail: foreignTrail(foreign, subject),
    })),
    ...violations.map(({ story, message }) => ({
      invariant: 'F-3',
      subject: story.id,
      message,
      trail: [...trailOf(story.events), ...foreignTrail(foreign, story.id)],
    })),
  ];
};

/** The API shows what the inventory has, and what orders hold and have bought by the events. */
const shown: ForeignCheck = (evidence, foreign) => {
  const held = expectedStock(evidence);
  return Object.entries(foreign.levels).flatMap(([subject, available]) => {
    const { reserved, sold } = held.get(subject) ?? { reserved: 0, sold: 0 };
    const expected = describeStock({ available, reserved, sold });
    const product = evidence.models.products.get(subject);
    const found = product === undefined ? 'nothing' : describeStock(product);
    const message = `the API: ${found}; there, and by the events, ${expected}`;
    return found === expected ? [] : [{ invariant: 'F-4', subject, message, trail: foreignTrail(foreign, subject) }];
  });
};

const CHECKS: readonly ForeignCheck[] = [sums, keys, orders, shown];

/** The stock where an inventory elsewhere keeps it. */
export const foreignStock = (evidence: Evidence, foreign: Foreign): readonly Violation[] =>
  CHECKS.flatMap((check) => check(evidence, foreign));
