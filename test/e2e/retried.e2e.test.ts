import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { accepted, DeadLettersDocument, RetryDeadLetterDocument } from '../../src/cli/client.ts';
import { JOURNALS } from '../../src/database/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, reaches, shelve } from './shop.ts';

const outboxIsEmptied = (db: TestPanier['db']): Promise<void> =>
  eventually(async () => {
    for (const journal of JOURNALS)
      expect((await sql`select from ${sql.id(journal, 'outbox')}`.execute(db)).rows).toEqual([]);
  });

/** As the janitor does it once every group has handled what was published: an entry that was given up counts. */
const forgetPublicationOf = (db: TestPanier['db'], orderId: string) =>
  sql`delete from write.publication using write.journal
    where aggregate_id = ${orderId} and not heard and position = any(positions)`.execute(db);

it('an event of its own that an operator had tried again outlasts the Redis that it was published to', async () => {
  await using panier = await startPanier({ roles: ['gateway', 'relay', 'audit', 'payment'], maxDeliveries: 1 });
  const saga = await panier.another({ roles: ['saga'], claimIdleMs: 200 });
  const client = panier.client();
  const productId = await shelve(client, 5);
  const lines = [{ productId, quantity: 2 }];
  await sql`alter table saga.reservation add constraint fault check (false)`.execute(panier.db);
  const orderId = await placeOrder(client, lines);
  const letter = await eventually(async () => {
    const { edges } = (await client.request(DeadLettersDocument, {})).deadLetters;
    expect(edges).toHaveLength(1);
    return edges[0]?.node.id ?? '';
  });
  await sql`alter table saga.reservation drop constraint fault`.execute(panier.db);
  await ends(client, await placeOrder(client, lines, { paymentMethod: 'pm_card_visa' }));
  await saga[Symbol.asyncDispose]();
  await forgetPublicationOf(panier.db, orderId);
  accepted((await client.request(RetryDeadLetterDocument, { input: { id: letter } })).retryDeadLetter);
  await outboxIsEmptied(panier.db);
  await panier.redis.flushdb();
  await using _saga = await panier.another({ roles: ['saga'] });
  await reaches(client, orderId, 'AWAITING_PAYMENT');
}, 60_000);
