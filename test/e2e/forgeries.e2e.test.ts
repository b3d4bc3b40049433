import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { accepted, CancelOrderDocument, type Client } from '../../src/cli/client.ts';
import { type OrderEvent, PRODUCERS } from '../../src/events/index.ts';
import { expectSound } from './invariants.ts';
import { add, entryOf, sayAs, sayAsOwner, WORDS } from './other-service.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve, stands } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier({ reservationMs: 4_000 });
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const TYPES = Object.keys(WORDS) as OrderEvent['type'][];
const FORGED = TYPES.flatMap((type) => Object.values(PRODUCERS).map((producer) => ({ type, producer })));

const forge = async (orderId: string, productId: string): Promise<void> => {
  for (const { type, producer } of FORGED) await sayAs(panier.redis, producer, WORDS[type](orderId, productId));
};

const typesOf = async (orderId: string): Promise<readonly string[]> =>
  (await orderOf(client, orderId)).steps.map(({ event }) => event.type);

const lettersAbout = async (orderId: string) => {
  const { rows } = await sql<{ readonly consumer_group: string; readonly error: string }>`
    select consumer_group, error from bus.dead_letter
    where fields::text like ${`%${orderId}%`} order by 1`.execute(panier.db);
  return rows;
};

describe('what somebody says of an order in the name of a service of panier', () => {
  it('changes nothing, whatever it is and whenever it comes', async () => {
    const productId = await shelve(client, 100);
    const line = [{ productId, quantity: 1 }];
    const paid = await placeOrder(client, line, { paymentMethod: 'pm_card_visa' });
    await reaches(client, paid, 'CONFIRMED');
    const declined = await placeOrder(client, line, { paymentMethod: 'pm_card_chargeDeclined' });
    const [unpaid, cancelled, early] = [
      await placeOrder(client, line),
      await placeOrder(client, line),
      await placeOrder(client, line, { paymentMethod: 'pm_card_visa' }),
    ];
    await forge(early, productId);
    await reaches(client, unpaid, 'AWAITING_PAYMENT');
    accepted((await client.request(CancelOrderDocument, { input: { orderId: cancelled } })).cancelOrder);
    for (const orderId of [paid, declined, unpaid, cancelled, 'order_unknown']) await forge(orderId, productId);
    const orders = await Promise.all([paid, declined, unpaid, cancelled, early].map((id) => ends(client, id)));
    expect(orders.map(({ status }) => status)).toEqual([
      'CONFIRMED',
      'CANCELLED',
      'CANCELLED',
      'CANCELLED',
      'CONFIRMED',
    ]);
    await stands(client, productId, { available: 98, reserved: 0, sold: 2 });
    expect(await typesOf(paid)).toEqual([...new Set(await typesOf(paid))]);
    expect((await orderOf(client, paid)).status).toBe('CONFIRMED');
    await expectSound(panier.db);
  });

  it('is a dead letter that says why, for each group that was told', async () => {
    const orderId = await placeOrder(client, [{ productId: await shelve(client, 1), quantity: 1 }]);
    await sayAs(panier.redis, PRODUCERS.api, WORDS.OrderConfirmed(orderId, ''));
    await eventually(async () => {
      const letters = await lettersAbout(orderId);
      expect(letters.map(({ consumer_group: group }) => group)).toEqual([
        'ecommerce-api',
        'event-audit-api',
        'inventory-saga-consumer',
      ]);
      for (const { error } of letters) expect(error).toContain('ecommerce-api never said this OrderConfirmed');
    });
  });
});

describe('what a service of panier has said', () => {
  it('is believed again and again, also when an earlier version recorded it, without a seal', async () => {
    const productId = await shelve(client, 3);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
    await reaches(client, orderId, 'AWAITING_PAYMENT');
    await sayAsOwner(panier, WORDS.OrderCancelled(orderId, productId));
    expect(await ends(client, orderId)).toMatchObject({ status: 'CANCELLED' });
    await stands(client, productId, { available: 3, reserved: 0, sold: 0 });
  });

  it('is a forgery where it, or its id, is on something else', async () => {
    const productId = await shelve(client, 3);
    const [one, other] = [
      await placeOrder(client, [{ productId, quantity: 1 }]),
      await placeOrder(client, [{ productId, quantity: 1 }]),
    ];
    accepted((await client.request(CancelOrderDocument, { input: { orderId: one } })).cancelOrder);
    await ends(client, one);
    await reaches(client, other, 'AWAITING_PAYMENT');
    const { rows } = await sql<{ readonly event_id: string }>`
      select event_id from write.journal where aggregate_id = ${one} and type = 'OrderCancelled'`.execute(panier.db);
    const entries = await panier.redis.xrange('ecommerce.orders.events', '-', '+');
    const [, fields = []] = entries.find(([, each]) => each.includes(rows[0]?.event_id ?? '')) ?? [];
    await panier.redis.xadd('ecommerce.orders.events', '*', ...fields.map((field) => field.replaceAll(one, other)));
    await eventually(async () => expect(await lettersAbout(other)).toHaveLength(3));
    const own = { ...entryOf(WORDS.PaymentFailed(other, productId)), event_id: rows[0]?.event_id ?? '' };
    await add(panier.redis, 'ecommerce.payments.events', own);
    await eventually(async () => {
      const letters = await lettersAbout(other);
      expect(letters.filter(({ error }) => error.includes('an event of panier has this id'))).toHaveLength(3);
    });
    expect((await orderOf(client, other)).status).toBe('AWAITING_PAYMENT');
  });
});
