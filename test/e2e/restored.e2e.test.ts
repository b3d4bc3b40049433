import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { copyDatabase } from '../../harness/support/copy-database.ts';
import { ownPostgres } from '../../harness/support/own-postgres.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { expectSound } from './invariants.ts';
import { startPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve, stands } from './shop.ts';

const COUNT = 10;

/** Takes the cluster's transaction ids far beyond those of a new one: each block with an exception clause takes one. */
const spendTransactionIds = sql`do $$ begin
  create temp table spent (nth integer) on commit drop;
  for nth in 1..30000 loop
    begin insert into spent values (nth); exception when division_by_zero then null; end;
  end loop;
end $$`;

it('a database that is restored into another cluster, with an empty Redis, goes on where it was', async () => {
  await using source = await testDatabase();
  await using target = await ownPostgres();
  const given = { paymentMethod: 'pm_card_visa' };
  const placed: string[] = [];
  let productId = '';
  {
    await using gateway = await startPanier({ roles: ['gateway'] }, source);
    const client = gateway.client();
    const place = async (): Promise<string> => {
      const orderId = await placeOrder(client, [{ productId, quantity: 1 }], given);
      placed.push(orderId);
      return orderId;
    };
    {
      await using _workers = await gateway.another({ roles: ['relay', 'audit', 'saga', 'payment'] });
      productId = await shelve(client, 100);
      for (let nth = 0; nth < COUNT; nth += 1) await ends(client, await place());
    }
    await spendTransactionIds.execute(gateway.db);
    for (let nth = 0; nth < COUNT; nth += 1) await place();
    await fillCart(client, [{ productId, quantity: 1 }]);
  }
  await copyDatabase(source.url, target.url);
  await using restored = await startPanier({}, target);
  const client = restored.client();
  placed.push(await placeOrder(client, [{ productId, quantity: 1 }], given));
  for (const orderId of placed) expect(await ends(client, orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
  await stands(client, productId, { available: 100 - placed.length, reserved: 0, sold: placed.length });
  await expectSound(restored.db);
});
