import { encodeConsistencyToken } from '../../events/index.ts';
import type { CartView } from '../../read/index.ts';
import { builder, type ObjectFields } from '../builder.ts';
import { customerOf } from '../customer-of.ts';
import { findNewCart } from '../find-cart.ts';
import { findOrder } from '../find-order.ts';
import type { Shown } from '../moments.ts';
import { CartItem } from './cart-item.ts';
import { Money } from './money.ts';
import { Node } from './node.ts';
import { Order } from './order.ts';

export const CartStatus = builder.enumType('CartStatus', {
  description: 'Whether a cart can still be changed.',
  values: {
    OPEN: { description: 'Items can be added, changed and removed.' },
    MERGED: { description: 'Its lines are in another cart, mergedInto; nothing of it changes any more.' },
    CHECKED_OUT: { description: 'The cart is an order; nothing of it changes any more.' },
  } as const,
});

/** A cart to be shown, as it is or as it was. */
export type CartSource = CartView & Shown;

export const Cart = builder.objectRef<CartSource>('Cart');

const statusOf = ({ orderId, mergedInto }: CartView) => {
  if (mergedInto !== null) return 'MERGED';
  return orderId === null ? 'OPEN' : 'CHECKED_OUT';
};

const totalMinorOf = ({ items }: CartView): number =>
  items.reduce((total, { quantity, unitPriceMinor }) => total + quantity * unitPriceMinor, 0);

const whatIsInIt = (t: ObjectFields<CartSource>) => ({
  items: t.field({
    type: [CartItem],
    description: 'In the order in which they were first added; at most 100.',
    resolve: (cart) => cart.items.map((item) => ({ ...item, cart, currency: cart.currency })),
  }),
  totalItems: t.int({
    description: 'Sum of the quantities.',
    resolve: ({ items }) => items.reduce((total, { quantity }) => total + quantity, 0),
  }),
  totalAmount: t.field({
    type: Money,
    description: 'Sum of the line totals.',
    resolve: (cart) => ({ amountMinor: totalMinorOf(cart), currency: cart.currency }),
  }),
});

const whenItWas = (t: ObjectFields<CartSource>) => ({
  createdAt: t.field({
    type: 'DateTime',
    description: 'When it was created.',
    resolve: ({ createdAt }) => createdAt,
  }),
  updatedAt: t.field({
    type: 'DateTime',
    description: 'When something last happened to it.',
    resolve: ({ updatedAt }) => updatedAt,
  }),
});

const howItStands = (t: ObjectFields<CartSource>) => ({
  customerId: t.id({
    nullable: true,
    description: "The customer whose cart it is; null for a visitor's.",
    resolve: (cart, _args, context) => customerOf(context, cart),
  }),
  sessionId: t.exposeID('sessionId', {
    nullable: true,
    description: "The visitor whose cart it is, when it is no customer's; else what createCart was given.",
  }),
  status: t.field({
    type: CartStatus,
    description: 'CHECKED_OUT as soon as the cart has an order; MERGED when claimCarts has moved its lines.',
    resolve: statusOf,
  }),
  version: t.exposeInt('version', {
    description: 'Number of events of this cart so far. To be given as expectedVersion.',
  }),
  order: t.field({
    type: Order,
    nullable: true,
    description: 'What the cart became by checkout; null before.',
    resolve: ({ orderId }, _args, context) => (orderId === null ? null : findOrder(context, orderId)),
  }),
  mergedInto: t.field({
    type: Cart,
    nullable: true,
    description: 'The cart that its lines are in now; null unless it is MERGED.',
    resolve: ({ mergedInto }, _args, context) => (mergedInto === null ? null : findNewCart(context, mergedInto)),
  }),
  consistencyToken: t.string({
    description: 'Stands for this state of the cart. See Query.cart(consistentWith:).',
    resolve: ({ id, version }) => encodeConsistencyToken({ aggregateId: id, measure: 'Version', reached: version }),
  }),
});

Cart.implement({
  description: 'What somebody means to buy.',
  interfaces: [Node],
  fields: (t) => ({ ...howItStands(t), ...whenItWas(t), ...whatIsInIt(t) }),
});
