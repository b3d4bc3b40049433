import { startForeignInventory } from '../../harness/inventory/index.ts';
import { describeInventory, type InventoryAtWork } from './inventory.contract.ts';

const openForeign = async (): Promise<InventoryAtWork> => {
  const inventory = await startForeignInventory();
  return {
    url: inventory.url,
    token: inventory.token,
    weakToken: inventory.readerToken,
    stock: (productId, available) => inventory.stock({ [productId]: available }),
    [Symbol.asyncDispose]: () => inventory[Symbol.asyncDispose](),
  };
};

describeInventory('of a shop of its own', openForeign);
