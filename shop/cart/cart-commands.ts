import type { Client, OperationResult } from '@urql/core';
import { type Outcome, outcomeOf, type Refusal } from '../../ui/client/outcome.ts';
import { ShopAddItem, type ShopCartFragment, ShopCreateCart, ShopSetQuantity } from '../../ui/generated/operations.ts';
import { insist } from '../asking/insist.ts';

export type CartAnswer = Outcome<ShopCartFragment>;

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

const asked = async <Data, Member extends object>(
  ask: () => PromiseLike<OperationResult<Data>>,
  pick: (data: Data) => Member,
): Promise<Outcome<Exclude<Member, Refusal>>> => outcomeOf(await insist(ask), pick);

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
