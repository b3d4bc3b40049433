import { asServed } from './as-served.ts';
import { builder } from './builder.ts';
import { addCartItem } from './mutations/add-cart-item.ts';
import { addCartItems } from './mutations/add-cart-items.ts';
import { adjustStock } from './mutations/adjust-stock.ts';
import { cancelOrder } from './mutations/cancel-order.ts';
import { cancelUpkeep } from './mutations/cancel-upkeep.ts';
import { checkout } from './mutations/checkout.ts';
import { claimCarts } from './mutations/claim-carts.ts';
import { clearCart } from './mutations/clear-cart.ts';
import { createCart } from './mutations/create-cart.ts';
import { createWebhookEndpoint } from './mutations/create-webhook-endpoint.ts';
import { deleteWebhookEndpoint } from './mutations/delete-webhook-endpoint.ts';
import { discardDeadLetter } from './mutations/discard-dead-letter.ts';
import { payOrder } from './mutations/pay-order.ts';
import { redeliverWebhooks } from './mutations/redeliver-webhooks.ts';
import { removeCartItem } from './mutations/remove-cart-item.ts';
import { reorder } from './mutations/reorder.ts';
import { resumeWebhookEndpoint } from './mutations/resume-webhook-endpoint.ts';
import { retryDeadLetter } from './mutations/retry-dead-letter.ts';
import { revokeTokens } from './mutations/revoke-tokens.ts';
import { rotateWebhookSecret } from './mutations/rotate-webhook-secret.ts';
import { setCartItemQuantity } from './mutations/set-cart-item-quantity.ts';
import { startReplay } from './mutations/start-replay.ts';
import { startVerification } from './mutations/start-verification.ts';
import { startVisit } from './mutations/start-visit.ts';
import { streamTicket } from './mutations/stream-ticket.ts';
import { updateWebhookEndpoint } from './mutations/update-webhook-endpoint.ts';
import { upsertProduct } from './mutations/upsert-product.ts';
import { abandonedCarts } from './queries/abandoned-carts.ts';
import { cart } from './queries/cart.ts';
import { carts } from './queries/carts.ts';
import { contradictions } from './queries/contradictions.ts';
import { deadLetters } from './queries/dead-letters.ts';
import { events } from './queries/events.ts';
import { backlog, consumerGroups, processes } from './queries/monitoring.ts';
import { node, nodes } from './queries/node.ts';
import { order } from './queries/order.ts';
import { orders } from './queries/orders.ts';
import { product, products } from './queries/products.ts';
import { stats } from './queries/stats.ts';
import { stuckOrders } from './queries/stuck-orders.ts';
import { upkeepRuns } from './queries/upkeep-runs.ts';
import { viewer } from './queries/viewer.ts';
import { webhookEndpoints } from './queries/webhook-endpoints.ts';
import { cart as cartChanges } from './subscriptions/cart.ts';
import { events as eventFeed } from './subscriptions/events.ts';
import { orderStatus } from './subscriptions/order-status.ts';
import { stats as statsFeed } from './subscriptions/stats.ts';
import { stock } from './subscriptions/stock.ts';
import { upkeepRun } from './subscriptions/upkeep-run.ts';

builder.queryType({
  description: 'What is. Answers come from the read side, which follows every change within moments.',
  fields: (t) => ({
    viewer: viewer(t),
    node: node(t),
    nodes: nodes(t),
    product: product(t),
    products: products(t),
    cart: cart(t),
    carts: carts(t),
    order: order(t),
    orders: orders(t),
    events: events(t),
    contradictions: contradictions(t),
    deadLetters: deadLetters(t),
    stuckOrders: stuckOrders(t),
    abandonedCarts: abandonedCarts(t),
    webhookEndpoints: webhookEndpoints(t),
    consumerGroups: consumerGroups(t),
    backlog: backlog(t),
    processes: processes(t),
    stats: stats(t),
    upkeepRuns: upkeepRuns(t),
  }),
});

builder.mutationType({
  description:
    'Commands. An answer that is not an error is durable. Expected refusals are members of the result union and implement UserError.',
  fields: (t) => ({
    createCart: createCart(t),
    addCartItem: addCartItem(t),
    addCartItems: addCartItems(t),
    setCartItemQuantity: setCartItemQuantity(t),
    removeCartItem: removeCartItem(t),
    clearCart: clearCart(t),
    checkout: checkout(t),
    claimCarts: claimCarts(t),
    payOrder: payOrder(t),
    cancelOrder: cancelOrder(t),
    reorder: reorder(t),
    upsertProduct: upsertProduct(t),
    adjustStock: adjustStock(t),
    retryDeadLetter: retryDeadLetter(t),
    discardDeadLetter: discardDeadLetter(t),
    startVisit: startVisit(t),
    revokeTokens: revokeTokens(t),
    streamTicket: streamTicket(t),
    createWebhookEndpoint: createWebhookEndpoint(t),
    updateWebhookEndpoint: updateWebhookEndpoint(t),
    rotateWebhookSecret: rotateWebhookSecret(t),
    resumeWebhookEndpoint: resumeWebhookEndpoint(t),
    redeliverWebhooks: redeliverWebhooks(t),
    deleteWebhookEndpoint: deleteWebhookEndpoint(t),
    startVerification: startVerification(t),
    startReplay: startReplay(t),
    cancelUpkeep: cancelUpkeep(t),
  }),
});

builder.subscriptionType({
  description: 'What changes, as it changes, by WebSocket (graphql-transport-ws) or server-sent events.',
  fields: (t) => ({
    orderStatus: orderStatus(t),
    cart: cartChanges(t),
    stock: stock(t),
    events: eventFeed(t),
    stats: statsFeed(t),
    upkeepRun: upkeepRun(t),
  }),
});

/** The executable schema: what schema.graphql says. */
export const schema = asServed(builder.toSchema());
