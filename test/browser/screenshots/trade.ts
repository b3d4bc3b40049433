import type { Client } from '../../../src/cli/client.ts';
import { sleep } from '../../../src/platform/index.ts';
import { placeOrder } from '../../e2e/shop.ts';

const PAUSE_MS = 400;

/** What is bought, and how it ends: most of it well. */
const SALES = [
  { productId: 'prod_11', paymentMethod: 'pm_card_visa' },
  { productId: 'prod_6', paymentMethod: 'pm_card_visa' },
  { productId: 'prod_12', paymentMethod: 'pm_card_visa' },
  { productId: 'prod_7', paymentMethod: 'pm_card_visa' },
  { productId: 'prod_5', paymentMethod: 'pm_card_visa' },
  { productId: 'prod_2', paymentMethod: 'pm_card_chargeDeclined' },
  { productId: 'prod_11', paymentMethod: 'pm_card_visa' },
] as const;

/** Customers come for a while, now more of them and now fewer. */
export const tradeFor = async (client: Client, ms: number): Promise<void> => {
  const since = performance.now();
  for (let nth = 0; performance.now() - since < ms; nth += 1) {
    const { productId, paymentMethod } = SALES[nth % SALES.length] ?? SALES[0];
    await placeOrder(client, [{ productId, quantity: 1 + (nth % 2) }], { paymentMethod });
    await sleep(PAUSE_MS * (1.2 + Math.sin(nth / 8)));
  }
};
