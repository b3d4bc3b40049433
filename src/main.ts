import { openAccess, openRates } from './access/index.ts';
import { AUDIT_GROUP, AUDIT_STREAMS, type Audit, openAudit, renewReadModels } from './audit/index.ts';
import { forgeriesIn, type Handle, startConsumer } from './bus/index.ts';
import { OWN_DOCUMENTS } from './cli/client.ts';
import type { JournalName } from './database/index.ts';
import { PRODUCERS, STREAMS, type Stream, type Writer } from './events/index.ts';
import type { Config, Logger, Role } from './platform/index.ts';
import { announceTo, openRead, readProjections } from './read/index.ts';
import { startJanitor, startRelay } from './relay/index.ts';
import { openSaga, SAGA_GROUP, SAGA_STREAMS, type Saga } from './saga/index.ts';
import { startServer } from './schema/index.ts';
import { openEntrance, openReadiness, StartupError, type Stores, startSweeps } from './startup/index.ts';
import {
  type OpenProvider,
  type Operations,
  openDeadLetters,
  openWrite,
  paymentProviderNames,
  paymentProviderOf,
  WRITE_GROUP,
  WRITE_STREAMS,
  type Write,
} from './write/index.ts';

/** One running process of panier, in the roles that its configuration names. */
export interface Panier extends AsyncDisposable {
  /** Where GraphQL answers; null in a process without the gateway. */
  readonly url: string | null;
  readonly write: Write;
  readonly saga: Saga;
}

interface Parts {
  readonly config: Config;
  readonly logger: Logger;
  readonly stores: Stores;
}

/** A commit to a journal hurries up the relay of that journal, where this process has it. */
class Hints {
  readonly #relays: Partial<Record<JournalName, () => void>> = {};
  readonly listen = (journal: JournalName, wake: () => void): void => {
    this.#relays[journal] = wake;
  };
  readonly giver = (journal: JournalName) => (): void => this.#relays[journal]?.();
}

interface Modules {
  readonly write: Write;
  readonly saga: Saga;
  readonly operations: Operations;
  readonly audit: Audit;
}

/** Every group that must have handled an entry before it may leave its stream. */
export const groupsByStream = (): ReadonlyMap<string, readonly string[]> => {
  const groups: readonly (readonly [string, readonly Stream[]])[] = [
    [WRITE_GROUP, WRITE_STREAMS],
    [SAGA_GROUP, SAGA_STREAMS],
    [AUDIT_GROUP, AUDIT_STREAMS],
  ];
  return new Map(
    Object.values(STREAMS).map((stream) => [
      stream,
      groups.filter(([, streams]) => streams.includes(stream)).map(([group]) => group),
    ]),
  );
};

const writerOf = (producer: string, { instance, seal }: Stores): Writer => ({
  producer,
  producerInstance: `${producer}-${instance.number}`,
  seal,
});

const providerOf = ({ paymentProvider }: Config): OpenProvider => {
  const provider = paymentProviderOf(paymentProvider);
  if (provider !== null) return provider;
  const known = paymentProviderNames.join(', ');
  throw new StartupError(`PANIER_PAYMENT_PROVIDER: there is no "${paymentProvider}": give one of ${known}.`);
};

const openModules = ({ config, logger, stores }: Parts, hints: Hints): Modules => {
  const write: Write = openWrite({
    database: stores.commands,
    provider: providerOf(config),
    writer: writerOf(PRODUCERS.api, stores),
    logger,
    onCommit: hints.giver('write'),
    stockOf: (productId) => saga.stockLevel(productId),
  });
  const saga: Saga = openSaga({
    database: stores.saga,
    writer: writerOf(PRODUCERS.saga, stores),
    reservationMs: config.reservationMs,
    onCommit: hints.giver('saga'),
    describe: (productId) => write.product(productId),
  });
  const operations = write.openOperations(openDeadLetters(stores.commands, stores.redis.gateway));
  const announce = announceTo(stores.redis.audit);
  const audit = openAudit({ database: stores.audit, projections: readProjections(), announce, logger });
  return { write, saga, operations, audit };
};

/** What a role starts with; it hands all that it started to the stack. */
interface Start extends Parts {
  readonly modules: Modules;
  readonly started: AsyncDisposableStack;
  readonly hints: Hints;
}

const startRelays = ({ config, logger, stores, modules, started, hints }: Start): void => {
  const { relayUrl: databaseUrl } = stores;
  const redis = stores.redis.relay;
  for (const journal of ['write', 'saga'] satisfies JournalName[]) {
    const relay = started.use(startRelay({ journal, databaseUrl, redis, logger, precondition: stores.examineRedis }));
    hints.listen(journal, () => relay.wake());
  }
  const { streamRetention: retention, idempotencyTtlHours } = config;
  const groups = groupsByStream();
  started.use(startJanitor({ db: stores.relay.db, redis, logger, groups, retention, idempotencyTtlHours }));
  started.use(startSweeps({ ...modules, stores, logger, afterMs: config.sweepAfterMs }));
};

interface Consumption {
  readonly by: 'payment' | 'saga' | 'audit';
  readonly group: string;
  readonly streams: readonly Stream[];
  readonly handle: Handle;
  readonly rests: boolean;
}

const DATABASE_OF = { payment: 'commands', saga: 'saga', audit: 'audit' } as const;

const consume = ({ config, logger, stores, started }: Start, { by, ...consumption }: Consumption): void => {
  const { claimIdleMs, maxDeliveries } = config;
  const consumer = `${consumption.group}-${stores.instance.number}`;
  const { db } = stores[DATABASE_OF[by]];
  const redisServer = stores.redisServers[by];
  const forgeries = forgeriesIn(db, stores.seal);
  const limits = { claimIdleMs, maxDeliveries };
  started.use(startConsumer({ ...consumption, ...limits, consumer, redisServer, db, logger, forgeries }));
};

const startPayment = (start: Start): void => {
  const { write } = start.modules;
  const { chargeBackoffMs: backoffMs, chargeGraceMs } = start.config;
  start.started.use(write.startTasks({ backoffMs, chargeGraceMs }));
  // It receives little, and the next step of an order waits for it.
  consume(start, { by: 'payment', group: WRITE_GROUP, streams: WRITE_STREAMS, handle: write.handle, rests: false });
};

const startSaga = (start: Start): void => {
  const { handle } = start.modules.saga;
  consume(start, { by: 'saga', group: SAGA_GROUP, streams: SAGA_STREAMS, handle, rests: true });
};

const startAudit = async (start: Start): Promise<void> => {
  const { stores, logger } = start;
  await renewReadModels({ db: stores.owner.db, projections: readProjections, logger });
  const { handle } = start.modules.audit;
  consume(start, { by: 'audit', group: AUDIT_GROUP, streams: AUDIT_STREAMS, handle, rests: true });
};

const BACKGROUND: Readonly<Record<Exclude<Role, 'gateway'>, (start: Start) => void | Promise<void>>> = {
  relay: startRelays,
  audit: startAudit,
  saga: startSaga,
  payment: startPayment,
};

const startGateway = async ({ config, logger, stores, modules, started }: Start): Promise<string> => {
  const { db } = stores.queries;
  const read = started.use(openRead({ db, redis: stores.redis.gateway, logger }));
  const audit = openAudit({ database: stores.queries, projections: [], announce: async () => {}, logger });
  const access = started.use(await openAccess({ database: stores.access, redis: stores.redis.gateway, logger }));
  const ready = openReadiness(stores);
  const { gate, page } = started.use(openEntrance({ config: config.tokens, access, logger }));
  const { host, port } = config;
  const rates = openRates({ limits: config.rateLimits, redis: stores.redis.gateway });
  const server = await startServer(
    { ...modules, gate, page, audit, read, access, logger, ready, rates },
    { host, port, limits: config.limits, hosts: config.hosts, exposure: config, ownDocuments: OWN_DOCUMENTS },
  );
  return started.use(server).url;
};

/** Starts the roles of this process; disposing stops them in reverse. @throws with a message for the operator. */
export const start = async (parts: Parts): Promise<Panier> => {
  await using starting = new AsyncDisposableStack();
  const hints = new Hints();
  const modules = openModules(parts, hints);
  const { roles } = parts.config;
  const context = { ...parts, modules, hints, started: starting };
  for (const role of roles) if (role !== 'gateway') await BACKGROUND[role](context);
  const url = roles.includes('gateway') ? await startGateway(context) : null;
  const started = starting.move();
  const { write, saga } = modules;
  return { url, write, saga, [Symbol.asyncDispose]: () => started.disposeAsync() };
};
