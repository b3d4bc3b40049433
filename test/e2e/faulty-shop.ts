import type { Redis } from 'ioredis';
import type { Client as PostgresClient } from 'pg';
import { expect } from 'vitest';
import { CheckoutDocument, type Client } from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import { ends, fillCart, placeOrder, shelve } from './shop.ts';

/** Everybody's new carts are refused by the database for a while. */
const failCommands = async (client: Client, administrator: PostgresClient): Promise<void> => {
  await administrator.query(`alter table write.journal add constraint fault check (type <> 'CartCreated') not valid`);
  await expect(fillCart(client, [])).rejects.toThrow('Something is wrong on our side');
  await administrator.query('alter table write.journal drop constraint fault');
};

export interface FaultyShop {
  readonly client: Client;
  readonly redis: Redis;
  readonly administrator: PostgresClient;
}

/** Orders that are paid, declined, paid in the third attempt, and without stock; then a cart that is empty, an entry that nobody can read, and a command that fails. */
export const playWithFaults = async ({ client, redis, administrator }: FaultyShop): Promise<void> => {
  const [there, gone] = [await shelve(client, 50), await shelve(client, 0)];
  const order = async (productId: string, paymentMethod: string) =>
    ends(client, await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod }));
  const methods = ['pm_card_visa', 'pm_card_chargeDeclined', 'pm_flaky'];
  await Promise.all([order(gone, 'pm_card_visa'), ...methods.map((method) => order(there, method))]);
  await client.request(CheckoutDocument, {
    input: { cartId: await fillCart(client, []), paymentMethod: 'pm_card_visa' },
  });
  await redis.xadd(STREAMS.carts, '*', 'event_type', 'CartEaten');
  await failCommands(client, administrator);
};
