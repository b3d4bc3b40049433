import './scalars/date-time.ts';
import './scalars/decimal.ts';
import './scalars/json.ts';
import './queries/cart.ts';
import './queries/events.ts';
import './queries/node.ts';
import './queries/order.ts';
import './queries/orders.ts';
import './queries/products.ts';
import './mutations/create-cart.ts';
import './mutations/add-cart-item.ts';
import './mutations/set-cart-item-quantity.ts';
import './mutations/remove-cart-item.ts';
import './mutations/checkout.ts';
import './mutations/pay-order.ts';
import './mutations/cancel-order.ts';
import './mutations/upsert-product.ts';
import './mutations/adjust-stock.ts';
import './subscriptions/cart.ts';
import './subscriptions/events.ts';
import './subscriptions/order-status.ts';
import './subscriptions/stock.ts';
import { builder } from './builder.ts';

/** The executable schema: what schema.graphql says. */
export const schema = builder.toSchema();
