import { AUDIT_GROUP, AUDIT_STREAMS, handleBatch } from '../../../src/audit/index.ts';
import { Consumer, type Handle, LeasedShare } from '../../../src/bus/index.ts';
import type { JournalName } from '../../../src/database/index.ts';
import { type Layout, PRODUCERS, type Stream } from '../../../src/events/index.ts';
import type { Clock } from '../../../src/platform/index.ts';
import { Relay } from '../../../src/relay/index.ts';
import { assembleSaga, SAGA_GROUP, SAGA_STREAMS, type Saga } from '../../../src/saga/index.ts';
import {
  assembleWrite,
  type PaymentProvider,
  type StockOf,
  type Tell,
  WRITE_GROUP,
  WRITE_STREAMS,
  type Write,
} from '../../../src/write/index.ts';
import { Actor } from '../engine/actor.ts';
import { BusConnection } from '../memory/bus-connection.ts';
import { Connection } from '../memory/connection.ts';
import { memoryEventStore } from '../memory/event-store.ts';
import { memoryInventory } from '../memory/inventory.ts';
import { memoryLayout, memoryStanding } from '../memory/layout.ts';
import { memoryLeaseTable } from '../memory/lease-table.ts';
import { memoryLedger } from '../memory/ledger.ts';
import { memoryMarkedStreams } from '../memory/marked-streams.ts';
import { openMemoryOutbox } from '../memory/outbox.ts';
import { memoryProvider } from '../memory/provider.ts';
import { MemoryStreamGroup } from '../memory/stream-group.ts';
import { memoryWriteStore } from '../memory/write-store.ts';
import { startSweeps } from './sweeps.ts';
import type { World } from './world.ts';

const RESERVATION_MS = 4_000;
const CLAIM_IDLE_MS = 2_000;
const MAX_DELIVERIES = 8;
/** Shorter than a process may be frozen. */
const LEASE_MS = 1_500;
const BACKOFF_MS = 100;
const CHARGE_GRACE_MS = 1_000;
const MAX_CALLS = 3;
/** Small, so that a stream of a few entries is a backlog already. */
const DELIVERY_SIZE = { least: 3, most: 6 };

/** Every group, and the streams that it reads. */
export const GROUPS: ReadonlyMap<string, readonly Stream[]> = new Map([
  [WRITE_GROUP, WRITE_STREAMS],
  [SAGA_GROUP, SAGA_STREAMS],
  [AUDIT_GROUP, AUDIT_STREAMS],
]);

/** A process of panier in all its roles, from its start to its death. */
export interface PanierProcess {
  readonly actor: Actor;
  readonly connection: Connection;
  readonly write: Write;
  readonly saga: Saga;
}

interface Starting {
  readonly world: World;
  readonly number: number;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly connection: Connection;
  readonly busConnection: BusConnection;
  readonly layout: Layout;
}

const openStarting = (world: World, number: number, life: number): Starting => {
  const actor = new Actor(`panier-${number}.${life}`);
  const { scheduler, database, bus, databaseLink, busLink } = world;
  const clock: Clock = { nowMs: () => scheduler.nowMs, sleep: (ms, signal) => scheduler.sleep(actor, ms, signal) };
  const connection = new Connection({ actor, database, scheduler, link: databaseLink });
  const busConnection = new BusConnection({ actor, bus, scheduler, link: busLink });
  return { world, number, actor, clock, connection, busConnection, layout: memoryLayout(connection, clock) };
};

const consume = (
  { world, number, actor, clock, connection, busConnection, layout }: Starting,
  { group, ...consumption }: { readonly group: string; readonly handle: Handle; readonly rests: boolean },
): void => {
  const { logger, database } = world;
  const membership = { group, consumer: `${group}-${number}` };
  const limits = { claimIdleMs: CLAIM_IDLE_MS, maxDeliveries: MAX_DELIVERIES, deliverySize: DELIVERY_SIZE };
  const reader = `${actor.name} ${group}`;
  const table = memoryLeaseTable(connection, group, reader);
  const streams = GROUPS.get(group) ?? [];
  void new Consumer({
    ...consumption,
    ...membership,
    ...limits,
    share: new LeasedShare({ group, id: reader, streams, layout, table, leaseMs: LEASE_MS, clock, logger }),
    logger,
    clock,
    entries: new MemoryStreamGroup(busConnection, membership),
    keepDeadLetter: (letter) =>
      connection.query('keep dead letter', () => {
        const { stream, id } = letter.entry;
        database.deadLetters.set(`${group} ${stream} ${id}`, letter);
      }),
  });
};

const startRelays = ({ world, clock, connection, busConnection, layout }: Starting) => {
  const startOf = (journal: JournalName): Relay => {
    const openOutbox = () => openMemoryOutbox(connection, world.database[journal]);
    const streams = memoryMarkedStreams(busConnection, journal);
    const routing = { layout, standing: memoryStanding(busConnection, layout, GROUPS), tell: async () => {} };
    return new Relay({ journal, openOutbox, streams, routing, clock, logger: world.logger });
  };
  return { write: startOf('write'), saga: startOf('saga') };
};

const writerOf = (producer: string, number: number) => ({ producer, producerInstance: `${producer}-${number}` });

const anyOf = ({ random }: World): 'Ledger' | 'Remote' => (random.chance(0.5) ? 'Remote' : 'Ledger');

const startCalls = ({ world, actor }: Starting, saga: Saga): void => {
  const { scheduler, inventory: ledger, swarm, logger } = world;
  const fault = () => world.faultOf('inventory');
  const callFault = () => world.callFault();
  const inventory = memoryInventory(ledger, { actor, scheduler, fault, callFault, courier: world.actor });
  saga.startCalls({
    logger,
    remote: swarm.keeper !== 'Ledger' ? { inventory, concurrency: MAX_CALLS, backoffMs: BACKOFF_MS } : null,
  });
};

/** Starts a process in all roles, as `main` does, on the simulated servers. `life` counts its starts. */
export const startProcess = (world: World, number: number, life: number): PanierProcess => {
  const starting = openStarting(world, number, life);
  const { actor, clock, connection } = starting;
  const { logger, scheduler } = world;
  const listeners: (() => void)[] = [];
  const onCommit = (): void => {
    for (const listener of listeners) listener();
  };
  const openProvider = (tell: Tell): PaymentProvider =>
    memoryProvider(world.provider, { actor, scheduler, tell, fault: () => world.faultOf('provider') });
  const writer = writerOf(PRODUCERS.api, number);
  const store = memoryWriteStore(connection);
  const stockOf: StockOf = (id) => saga.stockLevel(id);
  const write = assembleWrite({ store, openProvider, writer, logger, clock, onCommit, stockOf });
  const sagaParts = {
    store: memoryLedger(connection),
    clock,
    writer: writerOf(PRODUCERS.saga, number),
    reservationMs: RESERVATION_MS,
    describe: write.product,
    onCommit,
  };
  const saga: Saga = assembleSaga({ ...sagaParts, keeper: world.swarm.keeper === 'Remote' ? 'Remote' : 'Ledger' });
  // Its commands go to the ledger all the same: there is stock at both.
  const consumer = world.swarm.keeper === 'Both' ? assembleSaga({ ...sagaParts, keeper: anyOf(world) }) : saga;
  const audit = { store: memoryEventStore(connection), announce: async () => {}, logger };
  consume(starting, { group: WRITE_GROUP, handle: write.handle, rests: false });
  consume(starting, { group: SAGA_GROUP, handle: consumer.handle, rests: true });
  consume(starting, { group: AUDIT_GROUP, handle: (batch) => handleBatch(audit, batch), rests: true });
  startCalls(starting, consumer);
  write.startTasks({ backoffMs: BACKOFF_MS, chargeGraceMs: CHARGE_GRACE_MS });
  const relays = startRelays(starting);
  listeners.push(...Object.values(relays).map((relay) => () => relay.wake()));
  const leads = (journal: JournalName) => relays[journal].leads;
  startSweeps({ world, clock: starting.clock, connection, busConnection: starting.busConnection, saga, leads });
  return { actor, connection, write, saga };
};
