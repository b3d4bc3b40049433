import type { Ended, Violation } from './violation.ts';

/** I-5: whoever asks again under the same key is answered the same. */
export const answersAreTheSame = ({ history }: Ended): readonly Violation[] =>
  [...Map.groupBy(history.answers, ({ key }) => key).values()].flatMap((answers) => {
    const [first] = answers;
    const other = answers.find((each) => JSON.stringify(each) !== JSON.stringify(first));
    if (first === undefined || other === undefined) return [];
    return [{ rule: 'one key, one answer', what: `${JSON.stringify(first)}, then ${JSON.stringify(other)}` }];
  });

/** I-5: a key creates one cart, a cart becomes one order. */
export const oneOrderPerCart = ({ told }: Ended): readonly Violation[] => {
  const created = told.filter(({ envelope }) => envelope.type === 'OrderCreated');
  return [...Map.groupBy(created, ({ envelope }) => envelope.data['cart_id'] as string)]
    .filter(([, orders]) => orders.length > 1)
    .map(([cartId, orders]) => ({ rule: 'one order per cart', what: `${orders.length} orders`, aggregateId: cartId }));
};

const COMMAND_EVENTS: Readonly<Record<string, readonly string[]>> = {
  createCart: ['CartCreated'],
  // The second, where a claim brought the product before.
  addCartItem: ['CartItemAdded', 'CartItemQuantityChanged'],
  claimCarts: ['VisitClaimed'],
  checkOut: ['OrderCreated'],
  cancelOrder: ['OrderCancelled'],
  upsertProduct: ['ProductUpserted'],
};

/** I-2: what was acknowledged is there. */
export const acknowledgedIsThere = ({ history, told }: Ended): readonly Violation[] => {
  const there = new Set(told.map(({ envelope }) => `${envelope.type} ${envelope.aggregateId}`));
  return history.answers.flatMap(({ command, id, key }) => {
    const types = COMMAND_EVENTS[command];
    if (id === null || types === undefined || types.some((type) => there.has(`${type} ${id}`))) return [];
    return [
      {
        rule: 'acknowledged is durable',
        what: `${command} ${key} was answered, but nothing is there`,
        aggregateId: id,
      },
    ];
  });
};

/** Only what passes is thrown at those who command. */
export const noDefects = ({ history }: Ended): readonly Violation[] =>
  history.defects.map((what) => ({ rule: 'no defects', what }));
