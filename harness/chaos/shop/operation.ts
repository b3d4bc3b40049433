/** A mutation by its name, and its input without the key. */
export interface Operation {
  readonly name:
    | 'createCart'
    | 'addCartItem'
    | 'setCartItemQuantity'
    | 'removeCartItem'
    | 'checkout'
    | 'payOrder'
    | 'cancelOrder'
    | 'upsertProduct'
    | 'adjustStock';
  readonly input: Input;
}

/** The fields of all inputs together; which of them are there, the mutation says. */
export interface Input {
  readonly id?: string;
  readonly name?: string;
  readonly price?: { readonly amount: string; readonly currency: string };
  readonly productId?: string;
  readonly delta?: number;
  readonly customerId?: string;
  readonly cartId?: string;
  readonly cartItemId?: string;
  readonly quantity?: number;
  readonly orderId?: string;
  readonly paymentMethod?: string;
  readonly reason?: string;
}

export interface CartAnswer {
  readonly __typename: 'Cart';
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly totalItems: number;
  readonly totalAmount: { readonly amount: string };
  readonly items: readonly CartLine[];
}

export interface CartLine {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: { readonly amount: string };
}

export interface OrderAnswer {
  readonly __typename: 'Order';
  readonly id: string;
  readonly cartId: string;
  readonly totalAmount: { readonly amount: string };
  readonly lines: readonly Omit<CartLine, 'id'>[];
}

export interface ProductAnswer {
  readonly __typename: 'Product';
  readonly id: string;
}

export interface Rejection {
  readonly __typename: 'Rejection';
  readonly code: string;
}

export type Answer = CartAnswer | OrderAnswer | ProductAnswer | Rejection;

/** What became of one attempt. */
export type Outcome =
  | { readonly type: 'Answered'; readonly answer: Answer }
  /** Surely nothing was done. */
  | { readonly type: 'Refused'; readonly code: string }
  | { readonly type: 'Unknown'; readonly reason: string }
  /** The gateway admits a defect: the outcome is unknown, and it should not have happened. */
  | { readonly type: 'Defect'; readonly message: string };

export const CART_FIELDS =
  'id version status totalItems totalAmount { amount } items { id productId quantity unitPrice { amount } }';

const ORDER_FIELDS = 'id cartId totalAmount { amount } lines { productId quantity unitPrice { amount } }';

const inputTypeOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;

/** Only the fields that every answer to the same key must share. */
export const documentOf = ({ name }: Operation): string => {
  const isOfCart = name === 'createCart' || name.endsWith('Item') || name.endsWith('ItemQuantity');
  const isOfProduct = name === 'upsertProduct' || name === 'adjustStock';
  const order = `... on Order { ${ORDER_FIELDS} }`;
  const product = '... on Product { id }';
  const shown = isOfCart ? `... on Cart { ${CART_FIELDS} }` : isOfProduct ? product : order;
  return `mutation ($input: ${inputTypeOf(name)}${name === 'createCart' ? '' : '!'}) {
    result: ${name}(input: $input) { __typename ${shown} ... on UserError { code } }
  }`;
};
