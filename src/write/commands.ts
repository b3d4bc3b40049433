import { type Answered, answerWithProduct, type CommandParts, runOnProduct } from './answer.ts';
import { type CartCommands, openCartCommands } from './cart/cart-commands.ts';
import { type UpsertProduct, upsertProduct } from './catalogue/product.ts';
import type { CommandContext } from './context.ts';
import { type OrderCommands, openOrderCommands } from './order/order-commands.ts';
import type { CatalogueEntry } from './snapshots.ts';

/**
 * The commands. Each answers with the state that it made, or with why not. With an idempotency key, the same command
 * again does nothing and answers with the first one's result.
 * @throws {Unavailable} when the outcome is unknown, {Conflict} when nothing was done: try again with the same key.
 */
export interface Commands extends CartCommands, OrderCommands {
  upsertProduct(command: UpsertProduct, context: CommandContext): Answered<CatalogueEntry>;
}

export const openCommands = (parts: CommandParts): Commands => ({
  ...openCartCommands(parts),
  ...openOrderCommands(parts),
  upsertProduct: async (command, context) => {
    const decide = ({ state }: { readonly state: Parameters<typeof upsertProduct>[0] }) =>
      upsertProduct(state, command);
    const request = { id: command.id, name: 'upsertProduct', input: { ...command }, context, decide };
    return answerWithProduct(parts, await runOnProduct(parts, request));
  },
});
