interface ExampleOperation {
  readonly query: string;
  readonly variables?: string;
}

const START = `# 1  See what there is, and make a cart. Run each operation with the button, or with Ctrl+Enter in its text.
query Products {
  products(first: 5) {
    edges { node { id name price { amount currency } available } }
  }
}

mutation CreateCart {
  createCart {
    ... on Cart { id version consistencyToken }
    ... on UserError { code message }
  }
}
`;

const CART = `# 2  Fill the cart and check it out. Put its id and a product's into the variables below.
mutation AddItem($cart: ID!, $product: ID!) {
  addCartItem(input: { cartId: $cart, productId: $product, quantity: 2 }) {
    ... on Cart {
      id
      version
      totalItems
      totalAmount { amount currency }
      items { id quantity product { name } lineTotal { amount } }
    }
    ... on UserError { code message }
  }
}

mutation Checkout($cart: ID!) {
  checkout(input: { cartId: $cart }) {
    ... on Order { id status totalAmount { amount currency } consistencyToken }
    ... on UserError { code message }
  }
}

query Cart($cart: ID!) {
  cart(id: $cart) { status version items { productId quantity } order { id status } }
}
`;

const WATCH = `# 3  Watch the order, with its id in the variables below. It waits for its payment: leave this running, open this
# page in a second window, and pay there, in tab 4. Each step shows here as it happens.
subscription WatchOrder($order: ID!) {
  orderStatus(orderId: $order) {
    cursor
    order { status revision failure { reason message } }
    step { revision status event { type occurredAt } }
  }
}
`;

const PAY = `# 4  In a second window, while tab 3 watches: pay the order, or call it off. Then read its history.
mutation PayOrder($order: ID!) {
  payOrder(input: { orderId: $order, paymentMethod: "pm_card_visa" }) {
    ... on Order { id status }
    ... on UserError { code message }
  }
}

mutation CancelOrder($order: ID!) {
  cancelOrder(input: { orderId: $order, reason: "changed my mind" }) {
    ... on Order { id status }
    ... on UserError { code message }
  }
}

query OrderHistory($order: ID!) {
  order(id: $order) {
    status
    lines { productId quantity lineTotal { amount } }
    steps { revision status event { type occurredAt producerInstance data } }
  }
}

query Orders {
  orders(first: 10) { edges { node { id status totalAmount { amount currency } createdAt } } }
}
`;

const STOCK = `# 5  For operators: stock and events, live; what has to be repaired.
subscription Stock($product: ID!) {
  stock(productIds: [$product]) { id name available reserved sold }
}

mutation AdjustStock($product: ID!) {
  adjustStock(input: { productId: $product, delta: 10, reason: "delivery" }) {
    ... on Product { id available }
    ... on UserError { code message }
  }
}

mutation UpsertProduct {
  upsertProduct(input: { id: "prod_tea", name: "Tea", price: { amount: "4.20", currency: "EUR" } }) {
    ... on Product { id name price { amount currency } }
    ... on UserError { code message }
  }
}

query LatestEvents {
  events(last: 10) { edges { cursor node { type aggregateId occurredAt data } } }
}

subscription WatchEvents {
  events { cursor node { type aggregateId occurredAt data } }
}

query StuckOrders {
  stuckOrders(olderThanSeconds: 60) { edges { node { id status updatedAt steps { event { type } } } } }
}

query DeadLetters {
  deadLetters { edges { node { id consumerGroup stream fields { name value } error deliveries lastAt } } }
}

mutation RetryDeadLetter($deadLetter: ID!) {
  retryDeadLetter(input: { id: $deadLetter }) {
    ... on DeadLetter { id state }
    ... on UserError { code message }
  }
}
`;

const AN_ORDER = '{\n  "order": "order_…"\n}';

/** The tabs with which GraphiQL opens. */
export const EXAMPLE_OPERATIONS: readonly ExampleOperation[] = [
  { query: START },
  { query: CART, variables: '{\n  "cart": "cart_…",\n  "product": "prod_…"\n}' },
  { query: WATCH, variables: AN_ORDER },
  { query: PAY, variables: AN_ORDER },
  { query: STOCK, variables: '{\n  "product": "prod_…",\n  "deadLetter": "dead_…"\n}' },
];
