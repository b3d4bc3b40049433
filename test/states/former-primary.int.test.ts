import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testRedis } from '../../harness/support/servers.ts';
import { startProxy, type TcpProxy } from '../../harness/support/tcp-proxy.ts';
import { AddCartItemDocument, CartDocument, RequestFailed } from '../../src/cli/client.ts';
import { type RunningServer, startPostgres } from '../../src/servers/index.ts';
import { openStores } from '../../src/startup/index.ts';
import { expectSound } from '../e2e/invariants.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { ends, fillCart, placeOrder, shelve } from '../e2e/shop.ts';
import { refusalOf } from './refusal-of.ts';
import { STATES } from './states.ts';

const stack = new AsyncDisposableStack();
let proxy: TcpProxy;
let former: RunningServer;
let promoted: RunningServer;
let panier: TestPanier;
let productId: string;
let cartId: string;

const asOwner = async <T>({ url }: RunningServer, work: (owner: Client) => Promise<T>): Promise<T> => {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
};

const lengthOf = (server: RunningServer): Promise<number> =>
  asOwner(server, async (owner) => {
    const { rows } = await owner.query<{ count: number }>('select count(*)::integer as count from write.journal');
    return rows[0]?.count ?? 0;
  });

/** It is copied, and started several times: with little log, that takes little time. */
const settings = { min_wal_size: '32MB' };

const open = async (directory: string): Promise<RunningServer> => {
  const server = await startPostgres({ directory, settings });
  stack.defer(() => server.process.stop());
  return server;
};

/** Of two copies of a server's data one is promoted: it goes on in a timeline of its own. */
const failOver = async (directory: string): Promise<void> => {
  await former.process.stop();
  execFileSync('cp', ['-a', directory, `${directory}-standby`]);
  const signal = join(`${directory}-standby`, 'standby.signal');
  writeFileSync(signal, '');
  chmodSync(signal, 0o666);
  promoted = await open(`${directory}-standby`);
  await asOwner(promoted, (owner) => owner.query('select pg_promote()'));
  former = await open(directory);
};

const leadTo = ({ url }: RunningServer): void => {
  proxy.leadTo(url);
  proxy.cut();
};

const sell = async (): Promise<void> => {
  const client = panier.client();
  const orderId = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
  expect(await ends(client, orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
};

const shown = (id: string) => panier.client().request(CartDocument, { id });

const failureOf = async (): Promise<unknown> => {
  const input = { cartId, productId, quantity: 1 };
  const failure = await panier
    .client()
    .request(AddCartItemDocument, { input })
    .catch((error: unknown) => error);
  return failure instanceof RequestFailed ? failure.codes[0] : failure;
};

const endsNowhere = { [Symbol.asyncDispose]: async () => {} };

beforeAll(async () => {
  const directory = join(inject('runDirectory'), `postgres-${randomBytes(6).toString('hex')}`);
  former = await open(directory);
  proxy = stack.use(await startProxy(former.url));
  panier = stack.use(await startPanier({}, { url: proxy.url, ...endsNowhere }, stack.use(await testRedis())));
  productId = await shelve(panier.client(), 50);
  await sell();
  cartId = await fillCart(panier.client(), [{ productId, quantity: 1 }]);
  await expectSound(panier.db);
  await failOver(directory);
  leadTo(former);
  await eventually(() => shown(cartId));
});
afterAll(() => stack.disposeAsync());

describe('a primary in whose place another one was promoted', () => {
  it('is left by who is still connected to it, as soon as somebody is elsewhere', async () => {
    const before = await lengthOf(former);
    await using _ = await openStores({ databaseUrl: promoted.url, redisUrl: panier.redisServer.url });
    await eventually(() => expect(shown(cartId)).rejects.toMatchObject({ codes: ['UNAVAILABLE'] }));
    expect(await failureOf()).toBe('UNAVAILABLE');
    leadTo(promoted);
    await eventually(sell);
    expect(await lengthOf(former)).toBe(before);
    await expectSound(panier.db);
  });

  it('gets no write when it comes back under the same address', async () => {
    const before = await lengthOf(former);
    leadTo(former);
    expect(await failureOf()).toBe('UNAVAILABLE');
    expect(await lengthOf(former)).toBe(before);
    leadTo(promoted);
    await eventually(sell);
    await expectSound(panier.db);
  });

  it('is refused at the start', async () => {
    const refusal = await refusalOf({ databaseUrl: former.url, redisUrl: panier.redisServer.url });
    expect(refusal).toBe(STATES.formerPrimary.start);
  });
});
