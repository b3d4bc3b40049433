import type { Call } from '../../../src/saga/index.ts';
import { linesOf, type OrderStory, of, outcomeOf } from './told.ts';
import type { Ended, Rule, Violation } from './violation.ts';

const RULE = 'the inventory has what orders do not hold';

/** Whether the order was begun at the inventory, and not at the ledger. */
export const isElsewhere = ({ database }: Pick<Ended, 'database'>, orderId: string): boolean =>
  (database.reservations.committed.get(orderId)?.reservation.intent ?? null) !== null;

type Units = ReadonlyMap<string, number>;

/** By product, what of these calls has not come back. */
const takenBy = (calls: readonly Call[]): Units => {
  const taken = new Map<string, number>();
  for (const { productId, quantity, way } of calls)
    taken.set(productId, (taken.get(productId) ?? 0) + (way === 'reduce' ? quantity : -quantity));
  return taken;
};

/** By product, what the order must hold there when all is over: all of its lines, or nothing. */
const dueTo = (story: OrderStory | undefined, ended: Ended): Units => {
  const [created] = story === undefined ? [] : of(story, 'OrderCreated');
  const holds = story !== undefined && outcomeOf(story) === 'CONFIRMED' && isElsewhere(ended, story.id);
  return created !== undefined && holds ? linesOf(created) : new Map();
};

const problemsOf = (orderId: string, calls: readonly Call[], ended: Ended): readonly Violation[] => {
  const due = dueTo(
    ended.orders.find(({ id }) => id === orderId),
    ended,
  );
  const taken = takenBy(calls);
  return [...new Set([...due.keys(), ...taken.keys()])].flatMap((productId) => {
    const [has, wants] = [taken.get(productId) ?? 0, due.get(productId) ?? 0];
    return has === wants
      ? []
      : [
          {
            rule: RULE,
            what: `${has} units of ${productId} are taken, ${wants} are the order's`,
            aggregateId: orderId,
          },
        ];
  });
};

/** I-19: all lines of an order or none, each call once, nothing below zero, and nothing taken for nobody. */
export const inventoryIsWhole: Rule = (ended) => {
  const { inventory, orders } = ended;
  const calls = Map.groupBy(inventory.changes, ({ orderId }) => orderId);
  const ids = new Set([...calls.keys(), ...orders.map(({ id }) => id)]);
  const ofOrders = [...ids].flatMap((id) => problemsOf(id, calls.get(id) ?? [], ended));
  const twice = inventory.changes
    .filter(({ key }, index) => inventory.changes.findIndex((other) => other.key === key) !== index)
    .map(({ key }) => ({ rule: RULE, what: `${key} took effect twice` }));
  const below = [...inventory.stock]
    .filter(([, units]) => units < 0)
    .map(([productId, units]) => ({ rule: RULE, what: `${units} units of ${productId}`, aggregateId: productId }));
  return [...ofOrders, ...twice, ...below];
};
