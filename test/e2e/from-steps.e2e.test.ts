import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, shelve } from './shop.ts';
import { SUBSCRIPTIONS } from './watch-order.ts';

let panier: TestPanier;
let productId: string;
beforeAll(async () => {
  panier = await startPanier();
  productId = await shelve(panier.client(), 100);
});
afterAll(() => panier[Symbol.asyncDispose]());

const watched = () => ({ url: panier.url, client: panier.client() });
const place = (paymentMethod: string): Promise<string> =>
  placeOrder(panier.client(), [{ productId, quantity: 1 }], { paymentMethod });

describe.each(Object.entries(SUBSCRIPTIONS))(
  'a page made of the steps of an order goes on over %s',
  (_name, subscribe) => {
    const goOn = async (): Promise<readonly unknown[]> => {
      const orderId = await place('pm_flaky');
      const { steps: shown } = await orderOf(panier.client(), orderId);
      const updates = await subscribe(watched(), { orderId, after: shown.at(-1)?.cursor ?? '' });
      const seen = [...shown, ...updates.map(({ step }) => step)];
      return [seen, (await orderOf(panier.client(), orderId)).steps];
    };

    it('behind whichever step was its last', async () => {
      const orderId = await place('pm_card_chargeDeclined');
      const { steps } = await ends(panier.client(), orderId);
      for (const [index, step] of steps.entries()) {
        const updates = await subscribe(watched(), { orderId, after: step.cursor });
        expect(updates.map((update) => update.step)).toEqual(steps.slice(index + 1));
        expect(updates.map(({ cursor }) => cursor)).toEqual(steps.slice(index + 1).map(({ cursor }) => cursor));
      }
    });

    it('while the order is under way, with nothing lost and nothing twice', async () => {
      for (const [seen, steps] of await Promise.all(Array.from({ length: 12 }, goOn))) expect(seen).toEqual(steps);
    });
  },
);
