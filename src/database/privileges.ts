import type { DatabaseService } from '../platform/index.ts';
import type { Tables } from './tables.ts';

/** Everybody but the owner, who made the tables and may do everything. */
export type GrantedService = Exclude<DatabaseService, 'owner'>;

export const GRANTED_SERVICES = [
  'commands',
  'saga',
  'audit',
  'read',
  'relay',
  'webhooks',
] as const satisfies readonly GrantedService[];

type OfRow = 'select' | 'insert' | 'update' | 'delete' | 'truncate';

/** On a whole table, or on some of its columns: `select(id,name)`. */
export type Privilege = OfRow | `${OfRow}(${string})`;

type TableName =
  | keyof Tables
  | `${'write' | 'saga'}.sweep_checkpoint`
  | 'public.panier_migration'
  | 'public.panier_migration_lock';

type Granted = Readonly<Partial<Record<GrantedService, readonly Privilege[]>>>;

type OfJournal = 'journal' | 'outbox' | 'publication' | 'checkpoint';

/** Whoever is told something in the name of a journal's service may ask whether that service has said it. */
const ASK: readonly Privilege[] = ['select(event_id,type,aggregate_id,producer,heard)'];

const journal = (service: 'commands' | 'saga'): Readonly<Record<OfJournal, Granted>> => ({
  journal: { commands: ASK, saga: ASK, audit: ASK, [service]: ['select', 'insert'], relay: ['select'] },
  outbox: { [service]: ['insert'], relay: ['select', 'insert', 'delete'], read: ['select'] },
  publication: { relay: ['select', 'insert', 'delete'] },
  checkpoint: { relay: ['select', 'insert', 'update'] },
});

const write = journal('commands');
const saga = journal('saga');

/** Whoever has a dead letter tried again queues its event where it was recorded. */
const ASK_TO_PUBLISH: readonly Privilege[] = ['select(event_id,type,aggregate_id,producer,heard,position)'];

const EVERYBODY: Granted = {
  commands: ['select'],
  saga: ['select'],
  audit: ['select'],
  read: ['select'],
  relay: ['select'],
  webhooks: ['select'],
};

/** A consumer group keeps what it cannot handle, and does not read what the others kept: its fields may be a cart's. */
const KEEP: readonly Privilege[] = [
  'insert',
  'select(consumer_group,stream,entry_id)',
  'update(error,deliveries,last_at)',
];

/** Each process tells of itself; a trigger keeps it from the rows of others. */
const TELL: readonly Privilege[] = ['insert', 'select(id,written_by,beat_at)', 'update(beat_at)', 'delete'];

/** A consumer group tells of its members, and who reads what; a trigger keeps a service to its own. */
const READ_BY: readonly Privilege[] = ['select', 'insert', 'update(until)', 'delete'];
const LEASE: readonly Privilege[] = ['select', 'insert', 'delete'];

/**
 * Who may do what to which table, and nothing else (ADR-039); docs/privileges.md shows it. Events are never updated or
 * deleted by anybody. A table that is not in here does not compile, or is found by a test.
 */
const PRIVILEGES: Readonly<Record<TableName, Granted>> = {
  'write.journal': write.journal,
  'write.outbox': write.outbox,
  'write.publication': write.publication,
  'write.idempotency': {
    commands: ['select', 'insert'],
    saga: ['select', 'insert'],
    relay: ['select(recorded_at)', 'delete'],
  },
  'write.sweep_checkpoint': write.checkpoint,
  'write.task': { commands: ['select', 'insert', 'update', 'delete'] },
  'write.payment_method': { commands: ['select', 'insert', 'update', 'delete'] },
  'write.simulated_charge': { commands: ['select', 'insert', 'update'] },
  'write.stripe_charge': { commands: ['select', 'insert', 'update'] },
  'write.payment_notice': { commands: ['select', 'insert', 'update', 'delete'] },
  'saga.journal': { ...saga.journal, commands: ASK_TO_PUBLISH },
  'saga.outbox': { ...saga.outbox, commands: ['insert'] },
  'saga.publication': saga.publication,
  'saga.sweep_checkpoint': saga.checkpoint,
  'saga.stock': { saga: ['select', 'insert', 'update'] },
  'saga.reservation': { saga: ['select', 'insert', 'update'] },
  'saga.adjustment': { saga: ['select', 'insert', 'update'] },
  'saga.remote_task': { saga: ['select', 'insert', 'update', 'delete'] },
  'audit.event_store': {
    audit: ['select', 'insert'],
    read: ['select'],
    relay: ['select(event_id)'],
    webhooks: ['select'],
  },
  'audit.partitioning': EVERYBODY,
  'bus.dead_letter': {
    commands: ['select', 'insert', 'update'],
    saga: KEEP,
    audit: KEEP,
    read: ['select'],
    relay: ['select(consumer_group,fields,state)'],
  },
  'bus.home': EVERYBODY,
  'bus.identity': EVERYBODY,
  'bus.process': { commands: TELL, saga: TELL, audit: TELL, read: ['select'], relay: TELL, webhooks: TELL },
  'bus.partition_reader': { commands: READ_BY, saga: READ_BY, audit: READ_BY, read: ['select'] },
  'bus.partition_lease': { commands: LEASE, saga: LEASE, audit: LEASE, read: ['select'] },
  'write.probe': { commands: ['select', 'insert', 'delete', 'truncate'] },
  'access.visit_key': { commands: ['select', 'insert', 'delete'] },
  'access.revocation': { commands: ['select', 'insert', 'update', 'delete'] },
  'webhook.endpoint': {
    commands: ['select', 'insert', 'update', 'delete'],
    read: ['select'],
    webhooks: ['select', 'update'],
  },
  // Whoever makes a secret hands it out once, and cannot look it up.
  'webhook.secret': {
    commands: ['insert', 'select(endpoint_id,number,expires_at)', 'update(expires_at)', 'delete'],
    webhooks: ['select'],
  },
  'webhook.worker': { webhooks: ['select', 'insert', 'update', 'delete'] },
  // Whoever carries them out is the owner, who alone may make the read models anew.
  'upkeep.run': { commands: ['select', 'insert', 'update', 'delete'], read: ['select'] },
  'public.panier_migration': EVERYBODY,
  'public.panier_migration_lock': {},
};

/** Every read model alike: whoever adds one has nothing to say of it here. */
const READ_MODEL: Granted = { audit: ['select', 'insert', 'update', 'delete'], read: ['select'] };
export const READ_MODEL_TABLES = 'read.*';

/** Every table, by its name; all read models as one. */
export const GRANTED_TABLES: readonly string[] = [...Object.keys(PRIVILEGES), READ_MODEL_TABLES];

const isNamed = (table: string): table is TableName => Object.hasOwn(PRIVILEGES, table);

/** What each service may do to the table; nothing to one that is none of panier's. */
export const privilegesOn = (table: string): Granted => {
  if (isNamed(table)) return PRIVILEGES[table];
  return table.startsWith('read.') ? READ_MODEL : {};
};
