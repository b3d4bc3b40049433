import { answerOf, type Command, subjectOf } from '../shop/index.ts';
import type { Evidence } from './evidence.ts';
import { describeItems, foldCart } from './fold-cart.ts';
import type { Event } from './records.ts';
import { type Check, type Violation, violationOf } from './violation.ts';

interface Claim {
  readonly command: Command;
  readonly version: number;
}

/** The commands by the cart that answered them, with the version that they left it at. */
const claimsByCart = ({ commands }: Evidence): ReadonlyMap<string, readonly Claim[]> => {
  const claims = commands.flatMap((command) => {
    const answer = answerOf(command);
    return answer?.__typename === 'Cart' ? [{ cartId: answer.id, command, version: answer.version }] : [];
  });
  return Map.groupBy(claims, ({ cartId }) => cartId);
};

const cartEvents = (evidence: Evidence): readonly (readonly [string, readonly Event[]])[] =>
  [...evidence.byAggregate].filter(([id]) => id.startsWith('cart_'));

/** Every change of a cart was asked for. */
export const noPhantomChanges: Check = (evidence) => {
  const claims = claimsByCart(evidence);
  const doubtful = new Set(evidence.unresolved.map(subjectOf));
  const mayCreate = evidence.unresolved.some(({ name }) => name === 'createCart');
  return cartEvents(evidence).flatMap(([id, events]) => {
    if (doubtful.has(id) || (mayCreate && !claims.has(id))) return [];
    const claimed = new Set((claims.get(id) ?? []).map(({ version }) => version));
    return events
      .filter(({ type, version }) => type !== 'CartCheckedOut' && !claimed.has(version))
      .map(({ type, version }) => violationOf(evidence, ['I-1', id, `nobody was told of ${type} v${version}`]));
  });
};

/** Two additions never are the same event: each took effect. */
export const eachAdditionCounts: Check = (evidence) =>
  [...claimsByCart(evidence)].flatMap(([id, claims]) => {
    const additions = claims.filter(({ command }) => command.name === 'addCartItem');
    return [...Map.groupBy(additions, ({ version }) => version)]
      .filter(([, same]) => same.length > 1)
      .map(([version, same]) => {
        const keys = same.map(({ command }) => command.key).join(' and ');
        return violationOf(evidence, ['I-2', id, `${keys} were both answered with version ${version}`]);
      });
  });

const ordersByCart = ({ store }: Evidence): ReadonlyMap<string, readonly Event[]> =>
  Map.groupBy(
    store.filter(({ type }) => type === 'OrderCreated'),
    ({ data }) => data.cart_id ?? '',
  );

/** A cart becomes one order, and that order is what was in it. */
export const oneOrderPerCart: Check = (evidence) =>
  [...ordersByCart(evidence)].flatMap(([cartId, orders]): readonly Violation[] => {
    const [order] = orders;
    if (orders.length > 1) return [violationOf(evidence, ['I-5', cartId, `${orders.length} orders of one cart`])];
    const cart = foldCart(evidence.byAggregate.get(cartId) ?? []);
    const lines = (order?.data.lines ?? []).map(({ product_id, quantity, unit_price }) => ({
      productId: product_id,
      quantity,
      unitPrice: { amount: unit_price ?? '' },
    }));
    if (cart.status === 'CHECKED_OUT' && describeItems(lines) === describeItems(cart.items)) return [];
    return [violationOf(evidence, ['I-5', cartId, `${order?.aggregate_id} is not what was in the cart`])];
  });

/** Every order was asked for, and whoever asked was told of that one. */
export const noPhantomOrders: Check = (evidence) => {
  const told = new Set(
    evidence.commands
      .flatMap((command) => answerOf(command) ?? [])
      .flatMap((answer) => (answer.__typename === 'Order' ? answer.id : [])),
  );
  const mayCheckOut = new Set(evidence.unresolved.filter(({ name }) => name === 'checkout').map(subjectOf));
  return [...ordersByCart(evidence)]
    .filter(([cartId]) => !mayCheckOut.has(cartId))
    .flatMap(([, orders]) => orders)
    .filter(({ aggregate_id }) => !told.has(aggregate_id))
    .map(({ aggregate_id }) => violationOf(evidence, ['I-1', aggregate_id, 'nobody was told of this order']));
};
