import { type ForeignInventory, startForeignInventory } from '../../inventory/index.ts';
import { Proxy } from './proxy.ts';

/** An inventory elsewhere, behind a link that can fail. */
export interface InventoryStage extends AsyncDisposable {
  readonly process: ForeignInventory;
  readonly link: Proxy;
  /** What every process of panier is told of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Nothing is lost, late or refused from here on. */
  readonly heal: () => Promise<void>;
}

/** Its log stays in the directory. */
export const openInventoryStage = async (directory: string): Promise<InventoryStage> => {
  await using opening = new AsyncDisposableStack();
  const inventory = opening.use(await startForeignInventory(directory));
  const link = opening.use(await Proxy.open(() => Number(new URL(inventory.url).port)));
  const opened = opening.move();
  return {
    process: inventory,
    link,
    environment: {
      PANIER_INVENTORY_URL: `http://127.0.0.1:${link.port}`,
      PANIER_INVENTORY_TOKEN: inventory.token,
    },
    heal: async () => {
      link.heal();
      await inventory.calm();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
