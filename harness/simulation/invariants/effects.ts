import type { Answered, Asked } from '../shop/history.ts';
import { PRICE } from '../shop/merchant.ts';
import { itemsOf } from './cart-items.ts';
import type { Told } from './told.ts';

/** Whether the events of the aggregate that was answered have what was asked for. */
export type Effect = (answer: Answered, story: readonly Told[]) => boolean;

type Fits = (told: Told, answer: Answered, story: readonly Told[]) => boolean;

const some =
  (type: string, fits: Fits = () => true): Effect =>
  (answer, story) =>
    story.some((told) => told.envelope.type === type && fits(told, answer, story));

/** The very event that the answer's version names. */
const atVersion =
  (fits: Fits): Fits =>
  (told, answer, story) =>
    told.envelope.version === answer.version && fits(told, answer, story);

const isNewLine: Fits = ({ envelope: { data } }, { asked }) =>
  data['product_id'] === asked.productId && data['quantity'] === asked.quantity && data['unit_price'] === PRICE;

/** A cart has one line a product: it only grows, by what was asked for. */
const isGrownLine: Fits = ({ envelope: { data, version } }, { asked }, story) => {
  const before = story.filter(({ envelope }) => (envelope.version ?? 0) < (version ?? 0));
  return itemsOf(before).some(
    ([id, productId, quantity]) =>
      id === data['cart_item_id'] &&
      productId === asked.productId &&
      quantity + (asked.quantity ?? 0) === data['quantity'],
  );
};

const either =
  (...effects: readonly Effect[]): Effect =>
  (answer, story) =>
    effects.some((effect) => effect(answer, story));

/** The answer is about what was asked about. */
const ofAsked =
  (field: keyof Asked, effect: Effect): Effect =>
  (answer, story) =>
    answer.id === answer.asked[field] && effect(answer, story);

/** By the command's name. */
export const EFFECTS: Readonly<Record<string, Effect>> = {
  createCart: some(
    'CartCreated',
    atVersion(() => true),
  ),
  addCartItem: ofAsked(
    'cartId',
    either(some('CartItemAdded', atVersion(isNewLine)), some('CartItemQuantityChanged', atVersion(isGrownLine))),
  ),
  claimCarts: some('VisitClaimed'),
  checkOut: some('OrderCreated', ({ envelope: { data } }, { asked }) => data['cart_id'] === asked.cartId),
  payOrder: ofAsked('orderId', some('PaymentRequested')),
  cancelOrder: ofAsked('orderId', some('OrderCancelled')),
  upsertProduct: ofAsked(
    'productId',
    some('ProductUpserted', ({ envelope: { data } }) => data['price'] === PRICE),
  ),
  adjustStock: ofAsked('productId', some('StockAdjusted')),
};
