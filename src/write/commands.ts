import { admit, type CommandContext, type CommandInput } from '../commands/index.ts';
import { ok } from '../platform/index.ts';
import { type Answered, answerWithProduct, type CommandParts, runOnProduct } from './answer.ts';
import { type CartCommands, openCartCommands } from './cart/cart-commands.ts';
import { type UpsertProduct, upsertProduct } from './catalogue/product.ts';
import { type OrderCommands, openOrderCommands } from './order/order-commands.ts';
import type { StockedEntry } from './snapshots.ts';

/**
 * The commands. Each answers with the state that it made, or with why not. With an idempotency key, the same command
 * again does nothing and answers with the first one's result.
 * @throws {Unavailable} when the outcome is unknown, {Conflict} when nothing was done: try again with the same key.
 */
export interface Commands extends CartCommands, OrderCommands {
  upsertProduct(command: CommandInput<'upsertProduct'>, context: CommandContext): Answered<StockedEntry>;
}

const openUpsertProduct =
  (parts: CommandParts): Commands['upsertProduct'] =>
  async (given, context) => {
    const command = admit('upsertProduct', given, context);
    if (!command.ok) return command;
    const product: UpsertProduct = command.value.input;
    const answer = await runOnProduct(parts, {
      command: command.value,
      id: product.id,
      decide: ({ state }) => ok(upsertProduct(state, product)),
      beside: () => parts.stockOf(product.id),
    });
    return answerWithProduct(parts, answer);
  };

export const openCommands = (parts: CommandParts): Commands => ({
  ...openCartCommands(parts),
  ...openOrderCommands(parts),
  upsertProduct: openUpsertProduct(parts),
});
