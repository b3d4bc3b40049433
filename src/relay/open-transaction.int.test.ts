import type { Client } from 'pg';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { cartIds, requestOn, writeJournal } from '../../harness/support/journal.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { published, type RelayAtWork, relayAtWork } from './relay.fixture.ts';

let opened: AsyncDisposableStack;
let atWork: RelayAtWork;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  atWork = opened.use(await relayAtWork());
});
afterAll(() => opened.disposeAsync());

/** Somebody's transaction that has a number and does not end. */
const stayOpen = async (url: string): Promise<Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  opened.defer(() => client.end());
  await client.query('begin; select pg_current_xact_id()');
  return client;
};

it('a transaction that does not end, here or in another database, holds up no publication', async () => {
  const elsewhere = opened.use(await testDatabase());
  await Promise.all([stayOpen(atWork.url), stayOpen(elsewhere.url)]);
  const [cart = ''] = cartIds(1);
  await writeJournal(atWork).append(requestOn(cart, 0, { count: 3 }));
  opened.use(atWork.relay());
  await eventually(async () => expect(await published(atWork)).toHaveLength(3));
});
