import { readOrder } from '../../../src/events/index.ts';
import { CART, ORDER, ORDER_COUNT, ORDER_STEP, PRODUCT } from '../../../src/read/index.ts';
import { type Item, itemsOf } from './cart-items.ts';
import { linesOf, type OrderStory, outcomeOf, type Told } from './told.ts';
import type { Ended, Rule, Violation } from './violation.ts';

const RULE = 'read model = fold of the set';

const differs = (
  aggregateId: string,
  what: string,
  [shown, told]: readonly [unknown, unknown],
): readonly Violation[] =>
  JSON.stringify(shown) === JSON.stringify(told)
    ? []
    : [{ rule: RULE, what: `${what} ${JSON.stringify(shown)}, told was ${JSON.stringify(told)}`, aggregateId }];

/** I-14: an order shows its outcome, and has numbered each of its events once, those of others among them. */
const ordersAreShown: Rule = ({ database, orders, foreign }) =>
  orders.flatMap((story) => {
    const row = database.readTable(ORDER).committed.get(story.id);
    const steps = [...database.readTable(ORDER_STEP).committed.values()].filter(({ orderId }) => orderId === story.id);
    const isComplete = row === undefined ? null : readOrder(row.facts).isComplete;
    const revisions = steps.map(({ revision }) => revision).toSorted((one, other) => one - other);
    const all = story.events.length + foreign.filter(({ envelope }) => envelope.aggregateId === story.id).length;
    const expected = Array.from({ length: all }, (_, index) => index + 1);
    return [
      ...differs(story.id, 'status', [row === undefined ? null : readOrder(row.facts).status, outcomeOf(story)]),
      ...differs(story.id, 'complete', [isComplete, true]),
      ...differs(story.id, 'revision', [row?.revision, all]),
      ...differs(story.id, 'steps', [revisions, expected]),
    ];
  });

/** I-14: the orders are counted once each, by their status. */
const ordersAreCounted: Rule = ({ database }) => {
  const created = [...database.readTable(ORDER).committed.values()].filter(({ createdAt }) => createdAt !== null);
  const there = Map.groupBy(created, ({ status }) => status);
  return [...database.readTable(ORDER_COUNT).committed.values()].flatMap(({ status, orders }) =>
    differs(status, 'orders counted', [orders, there.get(status)?.length ?? 0]),
  );
};

/** Whose it is by what was told: a visitor's, until somebody has claimed the visit. */
const ownerOf = (created: Told, told: readonly Told[]): string | null => {
  const { customer_id: customerId, session_id: visitorId } = created.envelope.data;
  if (typeof customerId === 'string') return `customer:${customerId}`;
  if (typeof visitorId !== 'string') return null;
  const claim = told.find(({ envelope }) => envelope.type === 'VisitClaimed' && envelope.aggregateId === visitorId);
  return claim === undefined ? `visitor:${visitorId}` : `customer:${claim.envelope.data['customer_id'] as string}`;
};

/** I-14: a cart or an order is shown to whoever has it. */
const ownersAreShown: Rule = ({ database, told }) =>
  told
    .filter(({ envelope }) => envelope.type === 'CartCreated' || envelope.type === 'OrderCreated')
    .flatMap((created) => {
      const { aggregateType, aggregateId } = created.envelope;
      const rows = { Cart: database.readTable(CART).committed, Order: database.readTable(ORDER).committed };
      const row = aggregateType === 'Cart' ? rows.Cart.get(aggregateId) : rows.Order.get(aggregateId);
      return differs(aggregateId, 'owner', [row?.owner, ownerOf(created, told)]);
    });

/** I-14: a cart shows what its events make of it, in the order of their versions. */
const cartsAreShown: Rule = ({ database, told }) => {
  const ofCarts = told.filter(({ envelope }) => envelope.aggregateType === 'Cart');
  return [...Map.groupBy(ofCarts, ({ envelope }) => envelope.aggregateId)].flatMap(([id, events]) => {
    const row = database.readTable(CART).committed.get(id);
    const shown = row?.items.map((item): Item => [item.id, item.productId, item.quantity]);
    return [
      ...differs(id, 'version', [row?.version, events.length]),
      ...differs(id, 'items', [shown, itemsOf(events)]),
    ];
  });
};

const soldOf = (orders: readonly OrderStory[], productId: string): number =>
  orders
    .filter((story) => outcomeOf(story) === 'CONFIRMED')
    .flatMap(({ events }) => events.filter(({ envelope }) => envelope.type === 'StockReserved'))
    .reduce((sum, reserved) => sum + (linesOf(reserved).get(productId) ?? 0), 0);

/** I-14: when all is over, a product's units are sold or for sale. */
const productsAreShown: Rule = ({ database, told, orders }) => {
  const ofProducts = told.filter(({ envelope }) => envelope.aggregateType === 'Product');
  return [...Map.groupBy(ofProducts, ({ envelope }) => envelope.aggregateId)].flatMap(([id, events]) => {
    const delivered = events.reduce((sum, { envelope }) => sum + Number(envelope.data['delta'] ?? 0), 0);
    const sold = soldOf(orders, id);
    const shown = database.readTable(PRODUCT).committed.get(id);
    const stock = shown && { available: shown.available, reserved: shown.reserved, sold: shown.sold };
    return differs(id, 'stock', [stock, { available: delivered - sold, reserved: 0, sold }]);
  });
};

/** I-17: who follows the event store by its positions is told everything. */
const nothingIsPassedOver: Rule = ({ told, followed }) =>
  told
    .filter(({ envelope }) => !followed.has(envelope.eventId))
    .map(({ envelope }) => ({
      rule: 'a follower misses nothing',
      what: `${envelope.type} ${envelope.eventId} was passed over`,
      aggregateId: envelope.aggregateId,
    }));

export const readModelsAreRight = (ended: Ended): readonly Violation[] =>
  [ordersAreShown, ordersAreCounted, cartsAreShown, ownersAreShown, productsAreShown, nothingIsPassedOver].flatMap(
    (rule) => rule(ended),
  );
