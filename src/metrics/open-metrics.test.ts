import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { ROLES, SIGNALS } from '../platform/index.ts';
import { type Metrics, openMetrics } from './open-metrics.ts';

const MAX_BYTES = 100_000;
const MAX_MS = 5;
const NAMES = 10_000;
const NAMED = 80;
const OUTCOMES = ['ok', 'error', 'refused'] as const;
const TYPES = ['query', 'mutation', 'subscription'] as const;
const RESULTS = ['succeeded', 'declined', 'pending', 'action_required', 'unreachable', 'failed'] as const;
const CALLS = ['kindOf', 'charge', 'status', 'cancel', 'refund'] as const;
/** As many as there are, with names as long. */
const COMMANDS = Array.from({ length: 20 }, (_, nth) => `doSomething${nth}`);
const CODES = ['NOT_FOUND', 'INVALID_INPUT', 'CART_CHECKED_OUT', 'CONFLICT'];
const GROUPS = ['event-audit-api', 'inventory-saga-consumer', 'ecommerce-api'];
const STREAMS = ['carts', 'orders', 'payments', 'inventory', 'operations'].map((name) => `ecommerce.${name}.events`);
const POOL = { totalCount: 3, idleCount: 1, waitingCount: 0 };

const reading = { lag: 1, pending: 1, deliveries: 1, behindSeconds: 1.234_567, pendingSeconds: 1, deadLetters: 1 };
let areStoresThere = true;
const answer = async <T>(value: T): Promise<T> => (areStoresThere ? value : Promise.reject(new Error('It is away.')));

const SERVERS = [
  { homes: ['shared', 'audit'], answers: true },
  { homes: ['write', 'saga'], answers: false },
];

const STORES = {
  groups: () => answer(GROUPS.flatMap((group) => STREAMS.map((stream) => ({ group, stream, ...reading })))),
  backlog: () => answer({ outboxes: [{ journal: 'write', length: 1, oldestSeconds: 1 }], readSideSeconds: 1 }),
  orders: () => answer({ orders: [{ status: 'PENDING', orders: 3 }], oldestOpenAt: new Date().toISOString() }),
  stuckOrders: () => answer(0),
  redis: () =>
    answer({ usedBytes: 1_234_567, maxBytes: null, aofBytes: 7_654_321, written: [{ what: 'aof', ok: true }] }),
  postgres: () => answer({ servers: SERVERS, databaseBytes: 12_345_678, connections: 40, maxConnections: 100 }),
};

let metrics: Metrics;
beforeEach(() => {
  areStoresThere = true;
  metrics = openMetrics({
    gateway: { openSubscriptions: () => 1, openConnections: () => 2 },
    webhooks: () => [
      { events: 3, oldestAtMs: Date.now() - 60_000 },
      { events: 0, oldestAtMs: null },
      { events: 4, oldestAtMs: Date.now() - 90_000 },
    ],
    relayed: ['write', 'saga'],
    commands: COMMANDS,
    pools: Object.fromEntries(ROLES.map((role) => [role, POOL])),
    stores: STORES,
  });
});
afterEach(() => metrics[Symbol.asyncDispose]());

const linesOf = async (start: string): Promise<readonly string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(start));

const tellOfOperations = (): void => {
  for (let nth = 0; nth < NAMES; nth += 1)
    for (const outcome of OUTCOMES) {
      const type = TYPES[nth % TYPES.length] ?? 'query';
      SIGNALS.operationEnded.tell({ type, name: `AnOperationWithAName${nth}`, outcome, tookMs: nth });
    }
};

const tellOfOthers = (): void => {
  for (const call of ['reduce', 'increase', 'available'] as const)
    for (const result of ['done', 'refused', 'away', 'not_accepted'] as const)
      SIGNALS.inventoryAnswered.tell({ call, result, tookMs: 1_234.567 });
  for (const outcome of ['delivered', 'failed', 'gone'] as const)
    SIGNALS.webhookAttempted.tell({ outcome, tookMs: 1_234.567 });
  for (const outcome of ['taken', 'not_signed', 'unreadable', 'not_written'] as const)
    SIGNALS.noticeReceived.tell({ outcome });
  for (const kind of ['verification', 'replay'])
    for (const outcome of ['completed', 'failed', 'cancelled']) SIGNALS.upkeepEnded.tell({ kind, outcome });
};

type SagaEnded = Parameters<typeof SIGNALS.sagaEnded.tell>[0];

const endOf = (end: Pick<SagaEnded, 'outcome' | 'isFirst'>): SagaEnded => ({
  orderId: 'order_1',
  tookMs: 123.456,
  activeMs: 12.345,
  traceparent: null,
  ...end,
});

const tellOfTheRest = (): void => {
  tellOfOthers();
  for (const command of COMMANDS)
    for (const code of ['', ...CODES])
      SIGNALS.commandEnded.tell({ command, outcome: code === '' ? 'done' : 'rejected', code, tookMs: 12.345_678 });
  for (let nth = 0; nth < NAMES; nth += 1) SIGNALS.eventsStored.tell({ types: [`SomethingHappened${nth}`] });
  for (const call of CALLS) for (const result of RESULTS) SIGNALS.providerAnswered.tell({ call, result, tookMs: 1.5 });
  for (const group of GROUPS) SIGNALS.deliveryHandled.tell({ group, entries: 3, tookMs: 1.5 });
  for (let status = 200; status < 220; status += 1) SIGNALS.requestAnswered.tell({ server: 'gateway', status });
  for (const outcome of ['CONFIRMED', 'REJECTED', 'CANCELLED'] as const)
    SIGNALS.sagaEnded.tell(endOf({ outcome, isFirst: true }));
};

describe('a scrape', () => {
  it('stays small and quick, whatever clients and other services make up', async () => {
    tellOfOperations();
    tellOfTheRest();
    await eventually(async () => expect(await linesOf('panier_orders{')).toHaveLength(1));
    expect(Buffer.byteLength(await metrics.text())).toBeLessThan(MAX_BYTES);
    const times: number[] = [];
    for (let nth = 0; nth < 20; nth += 1) times.push(await ownMs(() => metrics.text()));
    // A busy machine adds to it, and takes nothing away.
    expect(Math.min(...times)).toBeLessThan(MAX_MS);
  });

  it('counts what there is no name for as other', async () => {
    tellOfOperations();
    const lines = await linesOf('panier_operations_total{');
    const others = lines.filter((line) => line.includes('operation="other"'));
    expect(lines.filter((line) => !others.includes(line))).toHaveLength(NAMED * OUTCOMES.length);
    const sum = others.reduce((total, line) => total + Number(line.split(' ').at(-1)), 0);
    expect(sum).toBe((NAMES - NAMED) * OUTCOMES.length);
  });

  it('says nothing of a store that has never answered', async () => {
    areStoresThere = false;
    await metrics.text();
    const text = await metrics.text();
    for (const name of ['panier_orders', 'panier_projection_lag_seconds', 'panier_oldest_open_order_seconds'])
      expect(text).not.toMatch(new RegExp(`^${name}[ {]`, 'm'));
  });
});

describe('a count', () => {
  it('is of what was told since the metrics were opened, and of no more after they are closed', async () => {
    SIGNALS.providerAnswered.tell({ call: 'charge', result: 'declined', tookMs: 300 });
    const count = 'panier_payment_calls_total{call="charge",result="declined"} 1';
    expect(await linesOf('panier_payment_calls_total{')).toEqual([count]);
    expect(await linesOf('panier_payment_call_duration_seconds_bucket')).toEqual(
      ['0.05', '0.25', '1', '5', '+Inf'].map(
        (le) => `panier_payment_call_duration_seconds_bucket{le="${le}",call="charge"} ${Number(le) < 0.3 ? 0 : 1}`,
      ),
    );
    await metrics[Symbol.asyncDispose]();
    SIGNALS.providerAnswered.tell({ call: 'charge', result: 'declined', tookMs: 1 });
    expect(await linesOf('panier_payment_calls_total{')).toEqual([count]);
  });

  it('of what a group gives up, and of readers that are cut, begins with 0, so that the first of them is a rise', async () => {
    SIGNALS.deliveryHandled.tell({ group: 'event-audit-api', entries: 1, tookMs: 1 });
    const text = await metrics.text();
    for (const series of [
      'panier_dead_letters_total{group="event-audit-api"} 0',
      'panier_readers_cut_total{reason="memory"} 0',
    ])
      expect(text.split('\n')).toContain(series);
  });
});

const restoredOf = (journal: string, events: number) => `panier_events_restored_total{journal="${journal}"} ${events}`;

describe('a command that fails', () => {
  it('is counted from 0 on, also before the first of its kind, so that the first failure is a rise', async () => {
    const failures = `panier_commands_total{command="${COMMANDS[0]}",outcome=`;
    const begun = ['conflict', 'unavailable', 'failed'].map((outcome) => `${failures}"${outcome}",code=""} 0`);
    expect(await linesOf(failures)).toEqual(begun);
    SIGNALS.commandEnded.tell({ command: COMMANDS[0] ?? '', outcome: 'failed', code: '', tookMs: 1 });
    expect(await linesOf(failures)).toEqual([...begun.slice(0, 2), `${failures}"failed",code=""} 1`]);
  });
});

describe('a saga that ends', () => {
  it('is counted once, also when more was said of its end later', async () => {
    for (const isFirst of [true, false]) SIGNALS.sagaEnded.tell(endOf({ outcome: 'CONFIRMED', isFirst }));
    for (const name of ['panier_saga_duration_seconds_count', 'panier_saga_active_seconds_count'])
      expect(await linesOf(name)).toEqual([`${name}{outcome="CONFIRMED"} 1`]);
  });
});

describe('the servers of PostgreSQL', () => {
  it('are told each by itself, also one that does not answer', async () => {
    await eventually(async () =>
      expect(await linesOf('panier_postgres_server_answers{')).toEqual([
        'panier_postgres_server_answers{homes="shared,audit"} 1',
        'panier_postgres_server_answers{homes="write,saga"} 0',
      ]),
    );
    expect(await linesOf('panier_postgres_connections')).toEqual(['panier_postgres_connections 40']);
  });
});

describe('what a relay publishes, and restores', () => {
  it('is counted from 0 on, also before it leads, so that the first that it restores is a rise', async () => {
    expect(await linesOf('panier_events_restored_total{')).toEqual([restoredOf('write', 0), restoredOf('saga', 0)]);
    expect(await linesOf('panier_publication_failures_total{')).toHaveLength(2);
    SIGNALS.eventsPublished.tell({ journal: 'saga', events: 0, restored: 7, unreadable: 0, failedStreams: 0 });
    expect(await linesOf('panier_events_restored_total{')).toEqual([restoredOf('write', 0), restoredOf('saga', 7)]);
  });
});

describe('what waits for endpoints of webhooks', () => {
  it('is a sum over them, and as old as the oldest', async () => {
    expect(await linesOf('panier_webhook_waiting_events')).toEqual(['panier_webhook_waiting_events 7']);
    const [oldest = ''] = await linesOf('panier_webhook_oldest_waiting_seconds');
    expect(Number(oldest.split(' ').at(-1))).toBeCloseTo(90, 0);
  });
});
