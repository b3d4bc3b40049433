import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { getPriority } from 'node:os';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { rebuild } from '../../src/audit/index.ts';
import {
  accepted,
  CancelUpkeepDocument,
  type Client,
  RequestFailed,
  type ShownRunFragment,
  StartReplayDocument,
  type StartReplayInput,
  StartVerificationDocument,
  type StartVerificationInput,
  UpkeepRunsDocument,
  WatchUpkeepDocument,
} from '../../src/cli/client.ts';
import { newId } from '../../src/events/index.ts';
import { readProjections } from '../../src/read/index.ts';
import { CHECKS } from '../../src/upkeep/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve } from './shop.ts';

const QUICK = { graceSeconds: 0, pauseSeconds: 0 };
/** One that has found something waits so long before it looks again: long enough for whatever a test does meanwhile. */
const SLOW = { graceSeconds: 0, pauseSeconds: 600, fold: false };

const verify = async (client: Client, input: StartVerificationInput) =>
  (await client.request(StartVerificationDocument, { input })).startVerification;
const replay = async (client: Client, input: StartReplayInput) =>
  (await client.request(StartReplayDocument, { input })).startReplay;
const cancel = async (client: Client, id: string) =>
  (await client.request(CancelUpkeepDocument, { input: { id } })).cancelUpkeep;

const statesOf = async (client: Client, id: string): Promise<readonly ShownRunFragment[]> =>
  (await Array.fromAsync(client.watch(WatchUpkeepDocument, { id }))).map(({ upkeepRun }) => upkeepRun);

/** The run as it ended. */
const endOf = async (client: Client, { id }: { readonly id: string }): Promise<ShownRunFragment> => {
  const end = (await statesOf(client, id)).at(-1);
  if (end === undefined) throw new Error('Nothing came.');
  return end;
};

const named = ({ steps }: ShownRunFragment, words: string) => {
  const step = steps.find(({ name }) => name === words);
  if (step === undefined) throw new Error(`No step is called ${words}: ${steps.map(({ name }) => name).join(', ')}`);
  return step;
};

/** Something that every verification finds, until it is undone. */
const loseStock = async ({ db }: TestPanier, productId: string): Promise<AsyncDisposable> => {
  const add = (units: number) =>
    sql`update saga.stock set available = available + ${units} where product_id = ${productId}`.execute(db);
  await add(-1);
  return { [Symbol.asyncDispose]: async () => void (await add(1)) };
};

const isSuspicious = (client: Client, id: string) =>
  eventually(async () => {
    const { upkeepRuns } = await client.request(UpkeepRunsDocument, { last: 10 });
    expect(upkeepRuns.find((run) => run.id === id)?.steps.map(({ status }) => status)).toContain('SUSPECTED');
  }, 30_000);

describe('a run that an operator starts', () => {
  let panier: TestPanier;
  let client: Client;
  let productId: string;

  beforeAll(async () => {
    panier = await startPanier();
    client = panier.client();
    productId = await shelve(client, 20);
    const order = await placeOrder(client, [{ productId, quantity: 2 }], { paymentMethod: 'pm_card_visa' });
    await ends(client, order);
  });
  afterAll(() => panier[Symbol.asyncDispose]());
  afterEach(async () => {
    for (const { id } of (await client.request(UpkeepRunsDocument, { last: 1 })).upkeepRuns) await cancel(client, id);
  });

  it('verifies every rule, and tells how far it is until all of them hold', async () => {
    const priority = getPriority();
    const { id, ...first } = accepted(await verify(client, QUICK));
    expect(first).toMatchObject({
      status: 'WAITING',
      kind: 'VERIFICATION',
      dryRun: true,
      requestedBy: 'Operator operator',
    });
    const states = await statesOf(client, id);
    const end = states.at(-1);
    expect(end?.steps.filter(({ status }) => status !== 'HELD')).toEqual([]);
    expect(end).toMatchObject({ status: 'COMPLETED', reason: null });
    expect(end?.steps.map(({ name }) => name)).toEqual(CHECKS.map(({ rule }) => rule));
    const held = states.map(({ steps }) => steps.filter(({ status }) => status === 'HELD').length);
    expect(held).toEqual(held.toSorted((one, other) => one - other));
    expect(new Set(held).size).toBeGreaterThan(1);
    expect((await client.request(UpkeepRunsDocument, { last: 1 })).upkeepRuns).toEqual([end]);
    // The thread that works steps back; this one, which serves, does not.
    expect(getPriority()).toBe(priority);
  });

  it('names the rule that is broken, and by what', async () => {
    await using _lost = await loseStock(panier, productId);
    const end = await endOf(client, accepted(await verify(client, { ...QUICK, fold: false })));
    expect(end.status).toBe('COMPLETED');
    expect(end.steps).toHaveLength(CHECKS.length - 1);
    expect(end.steps.filter(({ status }) => status === 'BROKEN')).toMatchObject([
      {
        name: 'available, reserved and sold units are what was put in and what orders hold',
        found: 1,
        findings: [{ name: productId, detail: '17 available, 0 reserved, 2 sold, 20 put in, 0 held, 2 bought' }],
      },
    ]);
  });

  it('replays: compares only in a dry run, then puts the read models right', async () => {
    const cartId = await fillCart(client, [{ productId, quantity: 1 }]);
    const rows = async () => (await sql`select * from read.cart order by id`.execute(panier.db)).rows;
    await eventually(async () => expect(await rows()).toMatchObject([{}, { id: cartId, version: 2 }]));
    const before = await rows();
    await sql`delete from read.cart where id = ${cartId}`.execute(panier.db);
    const dry = await endOf(client, accepted(await replay(client, { dryRun: true })));
    expect(dry).toMatchObject({ status: 'COMPLETED', kind: 'REPLAY', dryRun: true });
    expect(named(dry, 'cart')).toMatchObject({ status: 'BROKEN', found: 1, findings: [{ name: cartId }] });
    expect(dry.steps.map(({ name }) => name)).not.toContain('swap');
    expect(await rows()).toHaveLength(1);
    const end = await endOf(client, accepted(await replay(client, { dryRun: false })));
    expect(named(end, 'events')).toMatchObject({ status: 'HELD', share: 1 });
    expect(named(end, 'events').checked).toBeGreaterThan(5);
    expect(named(end, 'swap').status).toBe('HELD');
    expect(await rows()).toEqual(before);
    const last = await endOf(client, accepted(await replay(client, { dryRun: true })));
    expect(last.steps.filter(({ status }) => status !== 'HELD')).toEqual([]);
  });

  it('replaces no read models of a later version by those of an older process that carries it out', async () => {
    const { db } = panier;
    const build = (projections: typeof readProjections) =>
      rebuild({ db, projections, dryRun: false, onProgress: () => {} });
    const versions = async () =>
      (await sql`select obj_description('read'::regnamespace, 'pg_namespace') as versions`.execute(db)).rows;
    await build((schema) => readProjections(schema).map((each) => ({ ...each, version: each.version + 1 })));
    const before = await versions();
    for (const dryRun of [false, true]) {
      const { status, reason } = await endOf(client, accepted(await replay(client, { dryRun })));
      expect(status).toBe('FAILED');
      expect(reason).toMatch(/^The read models are of a later version of panier/);
    }
    expect(await versions()).toEqual(before);
    await build(readProjections);
    expect(await endOf(client, accepted(await replay(client, { dryRun: false })))).toMatchObject({
      status: 'COMPLETED',
    });
  });

  it('is the only one under way; a key stands for one of them', async () => {
    await using _lost = await loseStock(panier, productId);
    const idempotencyKey = newId('Event');
    const run = accepted(await verify(client, { ...SLOW, idempotencyKey }));
    expect(accepted(await verify(client, { ...SLOW, idempotencyKey })).id).toBe(run.id);
    expect(await verify(client, { ...QUICK, idempotencyKey })).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    const refused = await replay(client, { dryRun: true });
    expect(refused).toMatchObject({ __typename: 'UpkeepRunningError', code: 'UPKEEP_RUNNING' });
    expect('message' in refused ? refused.message : '').toContain(`The verification ${run.id} of Operator operator`);
    const atOnce = await Promise.all([1, 2, 3].map(() => replay(client, { dryRun: true })));
    expect(atOnce.map(({ __typename }) => __typename)).toEqual(Array(3).fill('UpkeepRunningError'));
  });

  it('ends within seconds once it is cancelled, and says by whom', async () => {
    await using _lost = await loseStock(panier, productId);
    const { id } = accepted(await verify(client, SLOW));
    const states = statesOf(client, id);
    await isSuspicious(client, id);
    const askedAt = performance.now();
    accepted(await cancel(client, id));
    const end = (await states).at(-1);
    expect(performance.now() - askedAt).toBeLessThan(5_000);
    expect(end).toMatchObject({ status: 'CANCELLED', reason: 'Cancelled by Operator operator.' });
    expect(accepted(await cancel(client, id))).toMatchObject({ ...end });
    expect(accepted(await verify(client, QUICK)).status).toBe('WAITING');
  });

  it('ends within seconds though a statement of it waits, and leaves nothing behind', async () => {
    const states = await panier.db.transaction().execute(async (tx) => {
      await sql`lock table read.cart in access exclusive mode`.execute(tx);
      const { id } = accepted(await replay(client, { dryRun: false }));
      const following = statesOf(client, id);
      await eventually(async () => {
        const { rows } = await sql`select from pg_stat_activity
          where wait_event_type = 'Lock' and application_name = ${`panier upkeep ${id}`}`.execute(panier.db);
        expect(rows).toHaveLength(1);
      });
      accepted(await cancel(client, id));
      return following;
    });
    expect(states.at(-1)?.status).toBe('CANCELLED');
    const { rows } = await sql`select nspname from pg_namespace where nspname like 'read_%'`.execute(panier.db);
    expect(rows).toEqual([]);
  });

  it.each([
    [{ graceSeconds: -1 }, 'graceSeconds is a whole number from 0 to 86400, not -1.'],
    [{ pauseSeconds: 601 }, 'pauseSeconds is a whole number from 0 to 600, not 601.'],
    [{ idempotencyKey: '' }, 'idempotencyKey has 1 to 200 characters.'],
  ])('is refused in words with %j', async (input, message) => {
    expect(await verify(client, input)).toMatchObject({ code: 'INVALID_INPUT', message });
  });

  it('that nobody has started is unknown', async () => {
    const unknown = newId('UpkeepRun');
    await expect(statesOf(client, unknown)).rejects.toMatchObject({ codes: ['NOT_FOUND'] });
    expect(await cancel(client, unknown)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await cancel(client, 'order_1')).toMatchObject({ code: 'INVALID_INPUT' });
    await expect(client.request(UpkeepRunsDocument, { last: 0 })).rejects.toBeInstanceOf(RequestFailed);
  });
});

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
};

describe('a process that carries out runs', () => {
  let panier: TestPanier;
  let client: Client;
  let productId: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    panier = await startPanier({ roles: ['gateway', 'relay', 'payment', 'saga', 'audit'] });
    client = panier.client();
    productId = await shelve(client, 20);
  });
  afterAll(() => panier[Symbol.asyncDispose]());
  afterEach(async () => {
    for (const child of children.splice(0)) await end(child, 'SIGKILL');
  });

  const begin = (): ChildProcess => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: panier.databaseUrl,
      REDIS_URL: panier.redisServer.url,
      PANIER_ROLES: 'upkeep',
      PANIER_OPS_PORT: 'off',
    };
    const child = spawn(process.execPath, ['src/cli/start.ts'], { env, stdio: 'ignore' });
    children.push(child);
    return child;
  };

  it('is waited for while there is none; killed, its run is lost, and another one can be started', async () => {
    const { id } = accepted(await verify(client, SLOW));
    await using _lost = await loseStock(panier, productId);
    const states = statesOf(client, id);
    const killed = begin();
    await isSuspicious(client, id);
    await end(killed, 'SIGKILL');
    expect((await states).at(-1)).toMatchObject({
      status: 'FAILED',
      reason: 'The process that carried it out is gone: start it again.',
    });
    begin();
    expect(await endOf(client, accepted(await verify(client, { ...QUICK, fold: false })))).toMatchObject({
      status: 'COMPLETED',
    });
  });

  it('that is stopped ends its run, within seconds and in words', async () => {
    await using _lost = await loseStock(panier, productId);
    const { id } = accepted(await verify(client, SLOW));
    const child = begin();
    const states = statesOf(client, id);
    await isSuspicious(client, id);
    const askedAt = performance.now();
    await end(child, 'SIGTERM');
    expect(performance.now() - askedAt).toBeLessThan(5_000);
    expect(child.exitCode).toBe(0);
    expect((await states).at(-1)).toMatchObject({
      status: 'FAILED',
      reason: 'The process that carried it out was stopped: start it again.',
    });
  });

  it('is not needed to cancel a run that waits', async () => {
    const { id } = accepted(await replay(client, { dryRun: false }));
    expect(accepted(await cancel(client, id))).toMatchObject({ status: 'CANCELLED', startedAt: null });
    expect(await endOf(client, { id })).toMatchObject({ status: 'CANCELLED' });
  });
});
