import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ForeignInventory, startForeignInventory } from '../../../harness/inventory/index.ts';
import { eventually } from '../../../harness/support/eventually.ts';
import { onOneServer } from '../../../harness/support/one-server.ts';
import { startPanier, type TestPanier } from '../../../test/e2e/panier.ts';
import { ends, placeOrder, reaches, shelve } from '../../../test/e2e/shop.ts';
import { UNPARTITIONED } from '../../events/index.ts';
import { groupsByStream } from '../../roles/index.ts';
import { CHECKS } from '../../upkeep/index.ts';
import { accepted, CancelOrderDocument } from '../client.ts';

let inventory: ForeignInventory;
let panier: TestPanier;

beforeAll(async () => {
  inventory = await startForeignInventory();
  const { url, token } = inventory;
  const settings = { timeoutMs: 1_000, concurrency: 8, backoffMs: 20, newOrders: 'remote' } as const;
  panier = await startPanier({ inventory: { url, token, ...settings } });
  const client = panier.client();
  const productIds = [await shelve(client, 0), await shelve(client, 0)];
  await inventory.stock(Object.fromEntries(productIds.map((id) => [id, 10])));
  const lines = (quantity: number) => productIds.map((productId) => ({ productId, quantity }));
  const cancelled = await placeOrder(client, lines(1));
  await reaches(client, cancelled, 'AWAITING_PAYMENT');
  accepted((await client.request(CancelOrderDocument, { input: { orderId: cancelled } })).cancelOrder);
  await reaches(client, await placeOrder(client, lines(1)), 'AWAITING_PAYMENT');
  for (const paymentMethod of ['pm_card_visa', 'pm_card_chargeDeclined'])
    await ends(client, await placeOrder(client, lines(2), { paymentMethod }));
  await ends(client, await placeOrder(client, lines(50), { paymentMethod: 'pm_card_visa' }));
  await ends(client, cancelled);
  await eventually(async () => {
    const { rows } = await sql`select from saga.remote_task`.execute(panier.db);
    if (rows.length > 0) throw new Error(`${rows.length} orders have calls due`);
  });
}, 60_000);
afterAll(async () => {
  await panier[Symbol.asyncDispose]();
  await inventory[Symbol.asyncDispose]();
});

describe('a panier whose stock is at an inventory elsewhere, come to rest', () => {
  it.each(CHECKS.map((check) => [check.rule, check] as const))('holds: %s', async (_rule, check) => {
    const inspected = {
      sessions: onOneServer(panier.db),
      db: panier.db,
      redis: panier.redis,
      graceSeconds: 0,
      groups: groupsByStream(UNPARTITIONED),
      onShare: () => {},
    };
    await eventually(async () => expect(await check.find(inspected, null)).toEqual({ count: 0, offenders: [] }), 5_000);
  });
});
