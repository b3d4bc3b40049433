import { startForeignInventory } from '../../harness/inventory/index.ts';
import { OPERATOR_TOKEN, tokenOf } from '../../harness/support/tokens.ts';
import { SCOPES } from '../../src/access/index.ts';
import { AdjustStockDocument, accepted, UpsertProductDocument } from '../../src/cli/client.ts';
import { startPanier } from '../e2e/panier.ts';
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

const openPaniers = async (): Promise<InventoryAtWork> => {
  const panier = await startPanier();
  const client = panier.client();
  const scopes = SCOPES.filter((scope) => scope !== 'stock:write');
  return {
    url: panier.panier.urls['inventory-api'] ?? '',
    token: OPERATOR_TOKEN,
    weakToken: await tokenOf({ role: 'service', subject: 'onlooker', scopes }),
    stock: async (id, available) => {
      const input = { id, name: id, price: { amount: '1.00', currency: 'EUR' } };
      accepted((await client.request(UpsertProductDocument, { input })).upsertProduct);
      const delivery = { productId: id, delta: available, reason: 'first delivery' };
      accepted((await client.request(AdjustStockDocument, { input: delivery })).adjustStock);
    },
    [Symbol.asyncDispose]: () => panier[Symbol.asyncDispose](),
  };
};

describeInventory('of a shop of its own', openForeign);
describeInventory('inventory-api of panier', openPaniers);
