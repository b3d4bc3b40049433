import type { Client, CombinedError, OperationResult } from '@urql/core';
import { ShopAddItem, type ShopCartFragment, ShopCreateCart, ShopSetQuantity } from '../../ui/generated/operations.ts';
import { NO_ANSWER, type Refusal, refusalOf } from '../asking/answer.ts';
import { insist } from '../asking/insist.ts';

export type CartAnswer = { readonly cart: ShopCartFragment } | { readonly refusal: Refusal };

interface Adding {
  readonly cartId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly idempotencyKey: string;
}

interface Setting {
  readonly cartId: string;
  readonly cartItemId: string;
  readonly quantity: number;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
}

/** What can be done to a cart. None of them rejects. */
export interface CartCommands {
  readonly create: (idempotencyKey: string) => Promise<CartAnswer>;
  readonly add: (input: Adding) => Promise<CartAnswer>;
  readonly set: (input: Setting) => Promise<CartAnswer>;
}

type Given = ({ readonly __typename: 'Cart' } & ShopCartFragment) | ({ readonly __typename: string } & Refusal);

const isCart = (given: Given): given is { readonly __typename: 'Cart' } & ShopCartFragment =>
  given.__typename === 'Cart';

const answerOf = (given: Given | undefined, error: CombinedError | undefined): CartAnswer => {
  if (error !== undefined) return { refusal: refusalOf(error) };
  if (given === undefined) return { refusal: { code: NO_ANSWER, message: '' } };
  return isCart(given) ? { cart: given } : { refusal: given };
};

const asked = async <Data>(
  ask: () => PromiseLike<OperationResult<Data>>,
  pick: (data: Data) => Given,
): Promise<CartAnswer> => {
  const { data, error } = await insist(ask);
  return answerOf(data === undefined ? undefined : pick(data), error);
};

export const openCartCommands = (client: Client): CartCommands => ({
  create: (idempotencyKey) =>
    asked(
      () => client.mutation(ShopCreateCart, { input: { idempotencyKey } }),
      ({ createCart }) => createCart,
    ),
  add: (input) =>
    asked(
      () => client.mutation(ShopAddItem, { input }),
      ({ addCartItem }) => addCartItem,
    ),
  set: (input) =>
    asked(
      () => client.mutation(ShopSetQuantity, { input }),
      ({ setCartItemQuantity }) => setCartItemQuantity,
    ),
});
