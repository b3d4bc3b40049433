import { type Admitted, admit, type CommandContext, type CommandInput } from '../commands/index.ts';
import type { Rejection } from '../events/index.ts';
import { assertNever, type Result } from '../platform/index.ts';
import { type Adjusted, type Changing, changeStock } from './change-stock.ts';
import type { StockLevel } from './stock.ts';

/** Units leave the stock, or come back to it, without an order of panier's. */
export type StockMove = 'reduceStock' | 'increaseStock';

/** The stock does not allow the change: it has too little available or, with those that are held and sold, too many. */
export interface StockRefusal {
  readonly code: 'STOCK_SHORT' | 'STOCK_FULL';
  readonly message: string;
  readonly available: number;
}

interface Direction {
  readonly delta: number;
  readonly reason: string;
  readonly refusal: (level: StockLevel) => StockRefusal;
}

const directionOf = ({ name, input: { quantity } }: Admitted<StockMove>): Direction => {
  switch (name) {
    case 'reduceStock':
      return {
        delta: -quantity,
        reason: 'Reduced through the inventory-api.',
        refusal: ({ productId, available }) => ({
          code: 'STOCK_SHORT',
          message: `The stock of ${productId} is short: ${quantity} asked for, ${available} available.`,
          available,
        }),
      };
    case 'increaseStock':
      return {
        delta: quantity,
        reason: 'Increased through the inventory-api.',
        refusal: ({ productId, available }) => ({
          code: 'STOCK_FULL',
          message: `The stock of ${productId} does not take ${quantity} more: ${available} available.`,
          available,
        }),
      };
  }
  return assertNever(name);
};

export interface StockMoving {
  readonly name: StockMove;
  readonly input: CommandInput<StockMove>;
}

/** What a command that moves stock is answered. */
export type Moved = Result<Adjusted, Rejection | StockRefusal>;

/** @throws {Unavailable} when the database is away; whether the stock was changed is then unknown. */
export const moveStock = async (
  changing: Changing,
  { name, input }: StockMoving,
  context: CommandContext,
): Promise<Moved> => {
  const admitted = admit(name, input, context);
  if (!admitted.ok) return admitted;
  const { delta, reason, refusal } = directionOf(admitted.value);
  const { productId } = admitted.value.input;
  return changeStock(changing, { command: admitted.value, data: { productId, delta, reason }, refusal });
};
