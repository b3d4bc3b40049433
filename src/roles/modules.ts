import { type Audit, openAudit } from '../audit/index.ts';
import { PRODUCERS, type Writer } from '../events/index.ts';
import { type Monitoring, openMonitoring } from '../monitoring/index.ts';
import { type Config, DATABASE_HOMES } from '../platform/index.ts';
import { announceTo, readProjections } from '../read/index.ts';
import { availabilityOf, keeperOf, openSaga, type Saga } from '../saga/index.ts';
import { StartupError, type Stores } from '../startup/index.ts';
import { openUpkeep, type Upkeep } from '../upkeep/index.ts';
import { openWebhookEndpoints, type WebhookEndpoints } from '../webhooks/index.ts';
import {
  type DeadLetters,
  type OpenProvider,
  type Operations,
  openDeadLetters,
  openWrite,
  paymentProviderNames,
  paymentProviderOf,
  type Write,
} from '../write/index.ts';
import { ownGroups } from './groups-by-stream.ts';
import type { Hints } from './hints.ts';
import type { Parts } from './parts.ts';

/** The services of a process, whichever roles it plays. */
export interface Modules {
  readonly write: Write;
  readonly saga: Saga;
  readonly operations: Operations;
  readonly audit: Audit;
  readonly webhooks: WebhookEndpoints;
  readonly monitoring: Monitoring;
  readonly upkeep: Upkeep;
}

const writerOf = (producer: string, { instance, seal }: Stores): Writer => ({
  producer,
  producerInstance: `${producer}-${instance.number}`,
  seal,
});

const providerOf = async ({ paymentProvider }: Config): Promise<OpenProvider> => {
  const provider = await paymentProviderOf(paymentProvider);
  if (provider !== null) return provider;
  const known = paymentProviderNames.join(', ');
  throw new StartupError(`PANIER_PAYMENT_PROVIDER: there is no "${paymentProvider}": give one of ${known}.`);
};

/** Homes that are together are reached together. */
const databaseServersOf = (stores: Stores) =>
  [...Map.groupBy(DATABASE_HOMES, (home) => stores.at('read', home).db)].map(([db, homes]) => ({ db, homes }));

const deadLettersOf = ({ at, journalsAs, redis, layout }: Stores): DeadLetters =>
  openDeadLetters({ db: at('commands', 'shared').db, journals: journalsAs('commands'), redis: redis.gateway, layout });

/** @throws {StartupError} when the configuration names what there is not */
export const openModules = async ({ config, logger, stores }: Parts, hints: Hints): Promise<Modules> => {
  const provider = await providerOf(config);
  const write: Write = openWrite({
    database: stores.commands,
    provider,
    settings: config,
    writer: writerOf(PRODUCERS.api, stores),
    logger,
    onCommit: hints.giver('write'),
    stockOf: (productId) => saga.stockLevel(productId),
  });
  const saga: Saga = openSaga({
    database: stores.saga,
    writer: writerOf(PRODUCERS.saga, stores),
    reservationMs: config.reservationMs,
    keeper: keeperOf(config.inventory),
    availability: availabilityOf(config.inventory, logger),
    onCommit: hints.giver('saga'),
    describe: (productId) => write.product(productId),
  });
  const shared = { commands: stores.at('commands', 'shared'), queries: stores.at('read', 'shared') };
  const operations = write.openOperations(deadLettersOf(stores));
  const announce = announceTo(stores.redis.audit);
  const audit = openAudit({ database: stores.audit, projections: readProjections(), announce, logger });
  const rules = { allow: config.webhookAllowance, httpsOnly: config.mode === 'production' };
  const webhooks = openWebhookEndpoints({ ...shared, events: stores.queries.db, rules });
  const monitoring = openMonitoring({
    db: shared.queries.db,
    journals: stores.journalsAs('read'),
    servers: databaseServersOf(stores),
    redis: stores.redis.gateway,
    groups: () => ownGroups(stores.layout.current()),
  });
  const upkeep = openUpkeep(shared);
  return { write, saga, operations, audit, webhooks, monitoring, upkeep };
};
