import { admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { ok } from '../../platform/index.ts';
import { type Answered, type Execute, runCommand, showAnswer } from '../execution/run-command.ts';
import { SHOWN_STOCKED_PRODUCT, type StockedEntry } from './catalogue-entry.ts';
import { productAggregate, type UpsertProduct, upsertProduct } from './product.ts';
import type { StockOf } from './stock-of.ts';

export interface CatalogueCommands {
  upsertProduct(command: CommandInput<'upsertProduct'>, context: CommandContext): Answered<StockedEntry>;
}

export const openCatalogueCommands = (parts: Execute & { readonly stockOf: StockOf }): CatalogueCommands => ({
  upsertProduct: async (given, context) => {
    const command = admit('upsertProduct', given, context);
    if (!command.ok) return command;
    const product: UpsertProduct = command.value.input;
    const answer = await runCommand(parts, {
      aggregate: productAggregate,
      command: command.value,
      id: product.id,
      decide: ({ state }) => ok(upsertProduct(state, product)),
      beside: () => parts.stockOf(product.id),
    });
    return showAnswer(parts, SHOWN_STOCKED_PRODUCT, answer);
  },
});
