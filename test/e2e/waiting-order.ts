import { accepted, type Client, PayOrderDocument } from '../../src/cli/client.ts';
import { ends, type Order, placeOrder, reaches, shelve } from './shop.ts';

/** A new order that waits for its payment; answers with its id. */
export const waitingOrder = async (client: Client): Promise<string> => {
  const productId = await shelve(client, 5);
  const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
  await reaches(client, orderId, 'AWAITING_PAYMENT');
  return orderId;
};

/** Pays it, and waits for its end. */
export const payToEnd = async (client: Client, orderId: string): Promise<Order> => {
  accepted((await client.request(PayOrderDocument, { input: { orderId, paymentMethod: 'pm_card_visa' } })).payOrder);
  return ends(client, orderId);
};
