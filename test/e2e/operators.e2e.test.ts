import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import {
  accepted,
  type Client,
  DeadLettersDocument,
  type DeadLettersQuery,
  type DeadLettersQueryVariables,
  DiscardDeadLetterDocument,
  EventsDocument,
  RetryDeadLetterDocument,
  StuckOrdersDocument,
} from '../../src/cli/client.ts';
import { openDatabase } from '../../src/database/index.ts';
import { STREAMS } from '../../src/events/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, reaches, shelve, stands } from './shop.ts';

type Letter = DeadLettersQuery['deadLetters']['edges'][number]['node'];

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier({ maxDeliveries: 1, claimIdleMs: 200 });
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const letters = async (variables: DeadLettersQueryVariables = {}): Promise<readonly Letter[]> =>
  (await client.request(DeadLettersDocument, { first: 100, ...variables })).deadLetters.edges.map(({ node }) => node);

const valueOf = ({ fields }: Letter, name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

/** The open letters of entries with this value in a field, once there are so many. */
const kept = (name: string, value: string, count = 1): Promise<readonly Letter[]> =>
  eventually(async () => {
    const found = (await letters()).filter((letter) => valueOf(letter, name) === value);
    expect(found).toHaveLength(count);
    return found;
  });

const poison = async (value: string): Promise<void> =>
  void (await panier.redis.xadd(STREAMS.carts, '*', 'event_type', 'CartEaten', 'poison', value));

const operationsOn = async (id: string) => {
  const { events } = await client.request(EventsDocument, { filter: { aggregateId: id } });
  return events.edges.map(({ node: { type, stream, aggregateType, version, data } }) => ({
    type,
    stream,
    aggregateType,
    version,
    data,
  }));
};

/** Every order of the product fails in the ledger, until the constraint is dropped. */
const refuseReservationsOf = async (productId: string): Promise<void> => {
  const check = sql`check (strpos(lines::text, ${sql.lit(productId)}) = 0)`;
  await sql`alter table saga.reservation add constraint fault ${check}`.execute(panier.db);
};

describe('a dead letter', () => {
  it('tells its group, its entry whole, and why it failed', async () => {
    await poison('shown');
    const [letter] = await kept('poison', 'shown');
    expect(letter).toMatchObject({
      consumerGroup: 'event-audit-api',
      stream: STREAMS.carts,
      fields: [
        { name: 'event_type', value: 'CartEaten' },
        { name: 'poison', value: 'shown' },
      ],
      error: 'event_type: CartEaten is not in the catalogue',
      deliveries: 1,
      state: 'OPEN',
      reason: null,
      settledAt: null,
    });
    expect(letter?.id).toMatch(/^dead_/);
    expect(letter?.firstAt).toBe(letter?.lastAt);
  });

  it('is no business of customers', async () => {
    const customer = panier.client({ customerId: 'customer-1' });
    const id = 'dead_1';
    const forbidden = { extensions: { code: 'FORBIDDEN' } };
    for (const asking of [
      customer.request(DeadLettersDocument, {}),
      customer.request(RetryDeadLetterDocument, { input: { id } }),
      customer.request(DiscardDeadLetterDocument, { input: { id, reason: 'none' } }),
      customer.request(StuckOrdersDocument, {}),
    ])
      await expect(asking).rejects.toMatchObject({ errors: [forbidden] });
  });

  it('is retried when its cause is gone, and the order that it held up goes on', async () => {
    const productId = await shelve(client, 5);
    await refuseReservationsOf(productId);
    const orderId = await placeOrder(client, [{ productId, quantity: 2 }]);
    const [letter] = await kept('aggregate_id', orderId);
    expect(letter).toMatchObject({ consumerGroup: 'inventory-saga-consumer', stream: STREAMS.orders });
    await sql`alter table saga.reservation drop constraint fault`.execute(panier.db);
    const input = { id: letter?.id ?? '', idempotencyKey: `retry ${orderId}` };
    for (let nth = 0; nth < 2; nth += 1)
      expect(accepted((await client.request(RetryDeadLetterDocument, { input })).retryDeadLetter)).toMatchObject({
        id: letter?.id,
        state: 'RETRIED',
      });
    await reaches(client, orderId, 'AWAITING_PAYMENT');
    await stands(client, productId, { available: 3, reserved: 2, sold: 0 });
    expect((await letters()).filter((each) => valueOf(each, 'aggregate_id') === orderId)).toEqual([]);
    expect(await eventually(() => operationsOn(input.id))).toEqual([
      {
        type: 'DeadLetterRetried',
        stream: 'ecommerce.operations.events',
        aggregateType: 'DeadLetter',
        version: 1,
        data: {
          dead_letter_id: input.id,
          consumer_group: 'inventory-saga-consumer',
          stream: STREAMS.orders,
          entry_id: letter?.entryId,
        },
      },
    ]);
  });

  it('that fails again is a dead letter again', async () => {
    await poison('again');
    const [letter] = await kept('poison', 'again');
    accepted((await client.request(RetryDeadLetterDocument, { input: { id: letter?.id ?? '' } })).retryDeadLetter);
    const second = await eventually(async () => {
      const [open] = await kept('poison', 'again');
      expect(open?.id).not.toBe(letter?.id);
      return open;
    });
    expect(second?.fields).toEqual(letter?.fields);
  });

  it('is discarded for a reason, which stays on record', async () => {
    await poison('discarded');
    const [letter] = await kept('poison', 'discarded');
    const id = letter?.id ?? '';
    const input = { id, reason: 'A test of the shop.' };
    accepted((await client.request(DiscardDeadLetterDocument, { input })).discardDeadLetter);
    await kept('poison', 'discarded', 0);
    const [onRecord] = (await letters({ state: ['DISCARDED'] })).filter((each) => each.id === id);
    expect(onRecord).toMatchObject({ state: 'DISCARDED', reason: input.reason, fields: letter?.fields });
    expect(onRecord?.settledAt).not.toBeNull();
    await eventually(async () =>
      expect(await operationsOn(id)).toMatchObject([{ type: 'DeadLetterDiscarded', data: { reason: input.reason } }]),
    );
  });

  it('that does not exist, or for no reason, is refused', async () => {
    const unknown = { id: 'dead_0123456789abcdef0123456789abcdef' };
    const { retryDeadLetter } = await client.request(RetryDeadLetterDocument, { input: unknown });
    expect(retryDeadLetter).toMatchObject({ code: 'NOT_FOUND' });
    const [letter] = await kept('poison', 'shown');
    const noReason = { input: { id: letter?.id ?? '', reason: '  ' } };
    const { discardDeadLetter } = await client.request(DiscardDeadLetterDocument, noReason);
    expect(discardDeadLetter).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the list of dead letters', () => {
  it('is walked forward and backward, and narrowed to a group and a stream', async () => {
    for (let nth = 0; nth < 3; nth += 1) await poison(`listed ${nth}`);
    await kept('poison', 'listed 2');
    const all = await letters({ state: null });
    const seen: string[] = [];
    for (let after: string | null = null, goesOn = true; goesOn; ) {
      const page: DeadLettersQuery['deadLetters'] = (
        await client.request(DeadLettersDocument, { first: 2, after, state: null })
      ).deadLetters;
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.endCursor ?? null;
      goesOn = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    const last = await client.request(DeadLettersDocument, { last: 2, state: null });
    expect(last.deadLetters.edges.map(({ node }) => node.id)).toEqual(seen.slice(-2));
    expect(last.deadLetters.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
    expect(await letters({ group: 'nobody' })).toEqual([]);
    expect(await letters({ stream: STREAMS.payments })).toEqual([]);
    expect(await letters({ group: 'event-audit-api', stream: STREAMS.carts })).not.toEqual([]);
  });
});

const stuck = async (olderThanSeconds: number): Promise<readonly string[]> => {
  const { stuckOrders } = await client.request(StuckOrdersDocument, { first: 100, olderThanSeconds });
  return stuckOrders.edges.map(({ node }) => node.id);
};

describe('orders to which nothing happens', () => {
  it('are told of, oldest first and page by page; those that wait for their customer, or are over, are not', async () => {
    const productId = await shelve(client, 50);
    const waiting = await placeOrder(client, [{ productId, quantity: 1 }]);
    const over = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    await reaches(client, waiting, 'AWAITING_PAYMENT');
    await ends(client, over);
    const refused = await shelve(client, 50);
    await refuseReservationsOf(refused);
    const held: string[] = [];
    for (let nth = 0; nth < 3; nth += 1) held.push(await placeOrder(client, [{ productId: refused, quantity: 1 }]));
    for (const id of held) await kept('aggregate_id', id);
    for (const id of held) await reaches(client, id, 'PENDING');
    await sql`alter table saga.reservation drop constraint fault`.execute(panier.db);
    const found = await eventually(async () => {
      const ids = await stuck(0);
      expect(ids.filter((id) => held.includes(id))).toEqual(held);
      return ids;
    });
    expect(found).not.toContain(waiting);
    expect(found).not.toContain(over);
    expect(await stuck(3_600)).toEqual([]);
    const first = (await client.request(StuckOrdersDocument, { first: 1, olderThanSeconds: 0 })).stuckOrders;
    const after = first.pageInfo.endCursor ?? null;
    const rest = (await client.request(StuckOrdersDocument, { first: 100, after, olderThanSeconds: 0 })).stuckOrders;
    expect([...first.edges, ...rest.edges].map(({ node }) => node.id)).toEqual(found);
  });

  it('count as stuck when the time to pay is over and nobody has ended them', async () => {
    const productId = await shelve(client, 5);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
    await reaches(client, orderId, 'AWAITING_PAYMENT');
    await sql`update read."order" set payable_until = now() - interval '10 s' where id = ${orderId}`.execute(panier.db);
    expect(await stuck(0)).toContain(orderId);
    expect(await stuck(60)).not.toContain(orderId);
  });
});

const run = promisify(execFile);

const urlOf = async ({ db }: TestPanier): Promise<string> => {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(db);
  const url = new URL(inject('postgresUrl'));
  url.pathname = rows[0]?.name ?? '';
  return url.href;
};

/** `npm run verify` against a panier: its exit code and what it printed. */
const verify = async (verified: TestPanier, ...args: readonly string[]) =>
  verifyAt({ DATABASE_URL: await urlOf(verified), REDIS_URL: verified.redisServer.url }, ...args);

const verifyAt = async (urls: Readonly<Record<'DATABASE_URL' | 'REDIS_URL', string>>, ...args: readonly string[]) => {
  const env = { ...process.env, ...urls };
  const options = ['--grace-seconds', '3', '--pause-seconds', '0.2', ...args];
  try {
    const { stdout } = await run(process.execPath, ['src/cli/verify.ts', ...options], { env });
    return { code: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
};

describe('npm run verify', () => {
  it('ends with 1 and names what is broken, with 0 once an operator has seen to it', async () => {
    await using other = await startPanier();
    const operator = other.client();
    const productId = await shelve(operator, 5);
    await ends(operator, await placeOrder(operator, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }));
    await other.redis.xadd(STREAMS.carts, '*', 'hello', 'world');
    const letter = await eventually(async () => {
      const { edges } = (await operator.request(DeadLettersDocument, {})).deadLetters;
      expect(edges).toHaveLength(1);
      return edges[0]?.node;
    });
    const broken = await verify(other);
    expect(broken.code).toBe(1);
    expect(broken.output).toMatch(/BROKEN .* no dead letter waits for an operator: not so for 1\n/);
    expect(broken.output).toContain(`${letter?.id}: event-audit-api on ${STREAMS.carts}`);
    const input = { id: letter?.id ?? '', reason: 'a test' };
    accepted((await operator.request(DiscardDeadLetterDocument, { input })).discardDeadLetter);
    const whole = await verify(other);
    expect(whole.output).toMatch(/ok .* the read models are what the event store folds to\nAll \d+ rules hold\.\n$/);
    expect(whole.code).toBe(0);
  });

  it('refuses what it does not understand in a sentence', async () => {
    const { code, output } = await verify(panier, '--grace-seconds', 'long');
    expect([code, output.split('\n')[0]]).toEqual([1, '--grace-seconds is "long": give a number of seconds.']);
  });

  it('says in a sentence which server it cannot reach', async () => {
    const [databaseUrl, redisUrl] = [await urlOf(panier), panier.redisServer.url];
    const noDatabase = await verifyAt({ DATABASE_URL: 'postgres://127.0.0.1:1/none', REDIS_URL: redisUrl });
    expect(noDatabase.output).toMatch(
      /^The database could not be brought to this version\.\nconnect ECONNREFUSED .*\n$/,
    );
    const noRedis = await verifyAt({ DATABASE_URL: databaseUrl, REDIS_URL: 'redis://127.0.0.1:1' });
    expect(noRedis.output).toMatch(/^Redis cannot be reached: .*ECONNREFUSED.*\n$/);
    expect([noDatabase.code, noRedis.code]).toEqual([1, 1]);
  });

  it('refuses a database that was never panier’s, and leaves it as it is', async () => {
    await using empty = await testDatabase({ template: 'template1' });
    const { code, output } = await verifyAt({ DATABASE_URL: empty.url, REDIS_URL: panier.redisServer.url });
    expect([code, output]).toEqual([1, expect.stringMatching(/^The database test_\w+ has no tables of panier: /)]);
    await using database = openDatabase({ url: empty.url, name: 'test', maxConnections: 1 });
    const { rows } = await database.pool.query("select from pg_namespace where nspname = 'bus'");
    expect(rows).toEqual([]);
  });

  it('refuses a Redis of another panier, and does not pass over one that is nobody’s', async () => {
    const databaseUrl = await urlOf(panier);
    await using other = await startPanier({ roles: ['gateway'] });
    const anothers = await verifyAt({ DATABASE_URL: databaseUrl, REDIS_URL: other.redisServer.url });
    expect([anothers.code, anothers.output]).toEqual([1, expect.stringContaining('belongs to another panier')]);
    await using unused = await testRedis();
    const nobodys = await verifyAt({ DATABASE_URL: databaseUrl, REDIS_URL: unused.url }, '--no-fold');
    expect(nobodys.code).toBe(1);
    expect(nobodys.output).toMatch(/BROKEN .* delivered to every group.*\n +not checked: this Redis names no owner/);
  });
});

const tool = async (name: string, redisUrl: string) => {
  const env = { ...process.env, DATABASE_URL: await urlOf(panier), REDIS_URL: redisUrl };
  return run(process.execPath, [`src/cli/${name}.ts`], { env });
};

describe('the other tools', () => {
  it('say so of a Redis that is nobody’s, and npm run restored goes on with it', async () => {
    await using unused = await testRedis();
    await expect(tool('partitions', unused.url)).rejects.toThrow('This Redis names no owner');
    const { stdout } = await tool('restored', unused.url);
    expect(stdout).toMatch(/^This Redis names no owner\.[\s\S]*Nothing was changed\.\n$/);
  });

  it('refuse a Redis of another panier', async () => {
    await using other = await startPanier({ roles: ['gateway'] });
    for (const name of ['partitions', 'restored'])
      await expect(tool(name, other.redisServer.url)).rejects.toThrow('belongs to another panier');
  });
});
