import { countedEach } from '../commands/index.ts';
import { type CartCommands, openCartCommands } from './cart/cart-commands.ts';
import { openReorderCommands, type ReorderCommands } from './cart/reorder-command.ts';
import { type CatalogueCommands, openCatalogueCommands } from './catalogue/catalogue-commands.ts';
import { type OrderCommands, openOrderCommands } from './order/order-commands.ts';
import { type ClaimParts, openVisitCommands, type VisitCommands } from './visit/claim-carts.ts';

/**
 * The commands. Each answers with the state that it made, or with why not. With an idempotency key, the same command
 * again does nothing and answers with the first one's result.
 * @throws {Unavailable} when the outcome is unknown, {Conflict} when nothing was done: try again with the same key.
 */
export interface Commands extends CartCommands, VisitCommands, OrderCommands, CatalogueCommands, ReorderCommands {}

type Parts = Parameters<typeof openCartCommands>[0] & Parameters<typeof openCatalogueCommands>[0] & ClaimParts;

export const openCommands = (parts: Parts): Commands => {
  const all: Commands = {
    ...openCartCommands(parts),
    ...openVisitCommands(parts),
    ...openOrderCommands(parts),
    ...openCatalogueCommands(parts),
    ...openReorderCommands(parts),
  };
  return countedEach(all, { checkOut: 'checkout' });
};
