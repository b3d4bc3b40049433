import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type OwnPostgres, ownPostgres } from '../../harness/support/own-postgres.ts';
import { type OwnClock, openOwnClock } from '../../harness/support/own-time.ts';
import {
  AddCartItemDocument,
  type Client as ApiClient,
  accepted,
  CartDocument,
  RequestFailed,
} from '../../src/cli/client.ts';
import { sessionOptions } from '../../src/database/index.ts';
import { expectSound } from '../e2e/invariants.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { fillCart, shelve } from '../e2e/shop.ts';

const LIMIT_MS = 5_000;
/** More at once than there are connections, so that queues are waited in. */
const AT_ONCE = 40;

let postgres: OwnPostgres;
let panier: TestPanier;
let client: ApiClient;
let owner: Client;
let productId: string;
let clock: OwnClock;

const connectOwner = async (): Promise<Client> => {
  const connected = new Client(sessionOptions({ url: postgres.url, name: 'owner' }));
  connected.on('error', () => {});
  await connected.connect();
  await connected.query('set idle_in_transaction_session_timeout = 0');
  return connected;
};

beforeAll(async () => {
  postgres = await ownPostgres();
  panier = await startPanier({}, postgres);
  client = panier.client();
  owner = await connectOwner();
  productId = await shelve(client, 1_000);
  clock = openOwnClock();
});
afterAll(async () => {
  clock[Symbol.dispose]();
  await owner.end();
  await panier[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
});

interface Told {
  readonly said: unknown;
  readonly ms: number;
}

const timed = async (request: () => Promise<unknown>): Promise<Told> => {
  const startedAtMs = clock.nowMs();
  const said = await request().catch((error: unknown) => (error instanceof RequestFailed ? error.codes[0] : error));
  return { said, ms: clock.nowMs() - startedAtMs };
};

const addTo = (cartId: string) => (): Promise<unknown> => {
  const input = { cartId, productId, quantity: 1, idempotencyKey: `the one of ${cartId}` };
  return client.request(AddCartItemDocument, { input }).then((answer) => accepted(answer.addCartItem).totalItems);
};

const read = (cartId: string) => async (): Promise<unknown> => {
  await client.request(CartDocument, { id: cartId });
  return 'read';
};

const readiness = async (): Promise<{
  readonly status: number;
  readonly checks: Readonly<Record<string, boolean>>;
}> => {
  const response = await fetch(new URL('/health/ready', panier.url));
  return { status: response.status, checks: ((await response.json()) as { checks: Record<string, boolean> }).checks };
};

const untilNotReady = async (tells: Case['tells']): Promise<string> => {
  await eventually(async () => expect(await readiness()).toMatchObject({ status: 503, checks: tells }));
  return 'told';
};

/** The state comes about, and is undone again. */
interface Case {
  readonly name: string;
  readonly comes: () => Promise<unknown> | void;
  readonly goes: () => Promise<unknown> | void;
  /** What is not ready meanwhile. */
  readonly tells: Readonly<Record<string, boolean>>;
}

const locks = (table: string): Case => ({
  name: `${table} is locked by another session`,
  comes: () => owner.query(`begin; lock table ${table} in access exclusive mode`),
  goes: () => owner.query('rollback'),
  tells: { commands: false },
});

const CASES: readonly Case[] = [
  ...['write.journal', 'write.outbox', 'write.idempotency'].map(locks),
  {
    name: 'it is frozen',
    comes: () => postgres.freeze(),
    goes: () => postgres.thaw(),
    tells: { postgresql: false, commands: false },
  },
  {
    name: 'it is a standby',
    comes: async () => {
      await postgres.stop();
      await postgres.startAsStandby();
      owner = await connectOwner();
    },
    goes: () => owner.query('select pg_promote()'),
    tells: { commands: false },
  },
];

describe('PostgreSQL is in a state that others brought about', () => {
  it.each(CASES)(
    'while $name, who asks is answered within five seconds',
    async ({ comes, goes, tells }) => {
      const cartIds = await Promise.all(Array.from({ length: AT_ONCE }, () => fillCart(client, [])));
      const [one = ''] = cartIds;
      await comes();
      // Some to carts of their own, and as many to one: they wait for each other, too.
      const commands = [...cartIds.map(addTo), ...cartIds.map(() => addTo(one))];
      const asked = [...commands, ...cartIds.map(read)].map(timed);
      const ready = await timed(() => untilNotReady(tells));
      const told = await Promise.all(asked);
      await goes();
      expect(Math.max(...told.map(({ ms }) => ms), ready.ms)).toBeLessThan(LIMIT_MS);
      expect(new Set(told.slice(0, commands.length).map(({ said }) => said))).toEqual(new Set(['UNAVAILABLE']));
      for (const { said } of told.slice(commands.length))
        expect(['UNAVAILABLE', 'READ_TIMEOUT', 'read']).toContain(said);
      expect(ready.said).toBe('told');
      await eventually(async () => expect((await readiness()).status).toBe(200), LIMIT_MS);
      // The same key tells what became of it, and takes effect once.
      const again = await Promise.all(cartIds.map(addTo).map(timed));
      expect(again.map(({ said }) => said)).toEqual(cartIds.map(() => 1));
      await expectSound(panier.db);
    },
    60_000,
  );
});

describe('Redis is in a state that others brought about', () => {
  const redisCases = [
    {
      name: 'it is a replica',
      comes: () => panier.redis.replicaof('127.0.0.1', 1),
      goes: () => panier.redis.replicaof('NO', 'ONE'),
    },
    {
      name: 'its memory is used up',
      comes: () => panier.redis.config('SET', 'maxmemory', '1kb'),
      goes: () => panier.redis.config('SET', 'maxmemory', '0'),
    },
    {
      name: 'it has fewer replicas than it may write with',
      comes: () => panier.redis.config('SET', 'min-replicas-to-write', '1'),
      goes: () => panier.redis.config('SET', 'min-replicas-to-write', '0'),
    },
  ];

  it.each(redisCases)(
    'while $name, commands are taken, it is told, and all goes on after',
    async ({ comes, goes }) => {
      await comes();
      const cartId = await fillCart(client, []);
      expect(await timed(addTo(cartId))).toMatchObject({ said: 1 });
      await untilNotReady({ redis: false, commands: true });
      await goes();
      await eventually(async () => expect((await readiness()).status).toBe(200), 20_000);
      await expectSound(panier.db);
    },
    60_000,
  );
});
