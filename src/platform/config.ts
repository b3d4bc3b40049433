import { resolve } from 'node:path';
import { readArguments } from './arguments.ts';
import type { HomeUrls } from './database-homes.ts';
import { type Environment, type EnvironmentReader, readEnvironment } from './environment.ts';
import { type Exposure, readExposure } from './exposure.ts';
import { readHosts } from './host-names.ts';
import { type InventoryConfig, readInventoryConfig } from './inventory-config.ts';
import { type Limits, readLimits } from './limits.ts';
import { type Logging, readLogging } from './logging-config.ts';
import { type OpsAddress, readOpsAddress } from './ops-address.ts';
import { productionProblems } from './production.ts';
import { type RateLimits, readRateLimits } from './rate-limits.ts';
import type { RedisTlsFiles } from './redis-tls.ts';
import { type ReplicaConfig, readReplicaConfig } from './replica-config.ts';
import { ROLES, type Role } from './roles.ts';
import { readAdministratorUrls, readServiceUrls } from './service-urls.ts';
import type { DatabaseService, RedisService, ServiceUrls } from './services.ts';
import { readStripeSettings, type StripeSettings } from './stripe-settings.ts';
import { readTimes } from './times-config.ts';
import { readTokenConfig, type TokenConfig } from './token-config.ts';
import { readTracesConfig, type TracesConfig } from './traces-config.ts';
import { readWebhookAllowance, type WebhookAllowance } from './webhook-allowance.ts';

/** Everything that may differ between two installations. docs/operations.md lists the variables. */
export type Config = Exposure & {
  readonly roles: readonly Role[];
  /** Of the gateway; 0 takes any free port. */
  readonly port: number;
  /** Of the inventory-api; 0 takes any free port. */
  readonly inventoryPort: number;
  readonly host: string;
  /** Where metrics are read; null: nowhere. */
  readonly ops: OpsAddress | null;
  /** Null where nothing is traced. */
  readonly traces: TracesConfig | null;
  /** Names by which clients may call the gateway, beside addresses and `localhost`. */
  readonly hosts: readonly string[];
  /** Without it an own PostgreSQL is started in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Without it an own Redis is started in `dataDir`. */
  readonly redisUrl: string | undefined;
  /** Whether that is a cluster. */
  readonly isCluster: boolean;
  /** For connections to it, where a URL asks for TLS. */
  readonly redisTls: RedisTlsFiles | undefined;
  /** Before every key and channel in Redis; empty: none. */
  readonly redisPrefix: string;
  /** What a new database begins with; undefined: as the database says. */
  readonly partitions: number | undefined;
  /** Of the services that connect as somebody of their own; the others use `databaseUrl`. Empty when there are none. */
  readonly databaseUrls: ServiceUrls<DatabaseService>;
  /** Where the homes of tables are that are not on the server of `databaseUrl`. */
  readonly databaseHomes: HomeUrls;
  /** As `databaseUrls`. */
  readonly redisUrls: ServiceUrls<RedisService>;
  /** Where queries may be read, beside the database itself. */
  readonly replicas: ReplicaConfig;
  /** Absolute. */
  readonly dataDir: string;
  /** Which payment provider charges; whether there is one of this name, only the write side knows. */
  readonly paymentProvider: string;
  /** Undefined where Stripe is not asked, and does not call. */
  readonly stripe: StripeSettings | undefined;
  readonly reservationMs: number;
  /** Null where the ledger keeps the stock. */
  readonly inventory: InventoryConfig | null;
  /** First back-off of a payment provider that cannot be reached. */
  readonly chargeBackoffMs: number;
  /** How much longer an unpaid reservation lasts while a charge is under way. */
  readonly chargeGraceMs: number;
  /** How long a delivery rests with a consumer before another one may claim it. */
  readonly claimIdleMs: number;
  /** For how long a process that is not heard of keeps the partitions that it reads. */
  readonly leaseMs: number;
  /** Deliveries of one event before it becomes a dead letter. */
  readonly maxDeliveries: number;
  /** How long a published event may be missing before it is published again. */
  readonly sweepAfterMs: number;
  /** Entries kept per stream. */
  readonly streamRetention: number;
  readonly idempotencyTtlHours: number;
  readonly limits: Limits;
  readonly tokens: TokenConfig;
  /** What panier's own clients sign in with, in place of a token that they make. */
  readonly ownToken: string | undefined;
  readonly rateLimits: RateLimits;
  readonly webhookAllowance: WebhookAllowance;
  readonly logLevel: Logging['logLevel'];
  readonly logFormat: Logging['logFormat'];
  readonly isInCi: boolean;
  readonly noColour: boolean;
  /** Fill an empty catalogue with demo products. */
  readonly demoCatalogue: boolean;
};

/** The environment or the command line is wrong; `problems` has one sentence each that says what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The configuration is not usable:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.problems = problems;
  }
}

const readRoles = (given: string, problems: string[]): readonly Role[] => {
  const names = given.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !ROLES.some((role) => role === name));
  const allowed = ROLES.join(',');
  if (unknown.length > 0)
    problems.push(`Unknown role "${unknown.join('", "')}": give --roles (or PANIER_ROLES) one or more of ${allowed}.`);
  return ROLES.filter((role) => names.includes(role));
};

const clusterProblems = ({ isCluster, redisUrl }: Pick<Config, 'isCluster' | 'redisUrl'>): readonly string[] =>
  isCluster && redisUrl !== undefined
    ? [
        "--cluster starts a Redis Cluster of panier's own, and REDIS_URL names one that is there: leave one of them out.",
      ]
    : [];

/** At most as many as there may be at all: `MAX_PARTITIONS` of `events`. */
const readPartitions = ({ integer, text }: EnvironmentReader): number | undefined => {
  const name = 'PANIER_PARTITIONS';
  return text(name) === undefined ? undefined : integer(name, { fallback: 1, min: 1, max: 64 });
};

const readServers = ({ integer, text, name }: EnvironmentReader) => ({
  port: integer('PORT', { fallback: 4000, min: 0, max: 65_535 }),
  inventoryPort: integer('PANIER_INVENTORY_PORT', { fallback: 4001, min: 0, max: 65_535 }),
  host: text('HOST') ?? '127.0.0.1',
  redisPrefix: name('PANIER_REDIS_PREFIX'),
  dataDir: resolve(text('PANIER_DATA_DIR') ?? '.panier'),
});

/**
 * Reads the environment and the arguments after the script's name, once, for the whole process.
 * @throws ConfigError with all problems together
 */
export const readConfig = (env: Environment, argv: readonly string[] = []): Config => {
  const reader = readEnvironment(env);
  const { problems } = reader;
  const { roles: named, isCluster } = readArguments(argv, problems);
  const given = named ?? reader.text('PANIER_ROLES');
  const roles = given === undefined ? ROLES : readRoles(given, problems);
  const paymentProvider = reader.text('PANIER_PAYMENT_PROVIDER') ?? 'simulated';
  const config: Config = {
    roles,
    isCluster,
    ...readServers(reader),
    ops: readOpsAddress(reader),
    traces: readTracesConfig(reader),
    hosts: readHosts(reader),
    ...readExposure(reader),
    ...readServiceUrls(reader, roles),
    replicas: readReplicaConfig(reader),
    partitions: readPartitions(reader),
    ...readTimes(reader),
    limits: readLimits(reader),
    tokens: readTokenConfig(reader),
    ownToken: reader.text('PANIER_TOKEN'),
    rateLimits: readRateLimits(reader),
    inventory: readInventoryConfig(reader),
    webhookAllowance: readWebhookAllowance(reader),
    paymentProvider,
    stripe: readStripeSettings(reader, roles, paymentProvider),
    ...readLogging(reader),
    demoCatalogue: reader.flag('PANIER_DEMO_CATALOGUE', true),
  };
  problems.push(...clusterProblems(config), ...productionProblems(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
};

/** The configuration of this process: the one place that looks at its environment. @throws ConfigError */
export const readProcessConfig = (argv: readonly string[] = []): Config => readConfig(process.env, argv);

/** How this process logs, for whoever has to say that the rest cannot be used: what is wrong of this, too, is as if it were not set. */
export const readProcessLogging = (): Logging => readLogging(readEnvironment(process.env));

/** The administrators of servers that are not panier's own. @throws ConfigError */
export const readAdministrators = (): ReturnType<typeof readAdministratorUrls> => {
  const reader = readEnvironment(process.env);
  const urls = readAdministratorUrls(reader);
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return urls;
};
