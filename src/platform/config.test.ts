import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { DEFAULT_RATE_LIMITS } from './rate-limits.ts';
import { ROLES } from './roles.ts';

const problemsOf = (env: Record<string, string>, argv: readonly string[] = []): readonly string[] => {
  try {
    readConfig(env, argv);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({
      roles: ROLES,
      port: 4000,
      inventoryPort: 4001,
      host: '127.0.0.1',
      ops: { host: '127.0.0.1', port: 4002 },
      traces: null,
      hosts: ['localhost'],
      mode: 'development',
      documents: 'any',
      documentsManifest: undefined,
      subgraph: false,
      pages: ['console', 'shop'],
      shopPayments: { kind: 'Simulated' },
      corsOrigins: [],
      trustedProxies: [],
      tls: undefined,
      databaseUrl: undefined,
      redisUrl: undefined,
      isCluster: false,
      redisPrefix: '',
      databaseUrls: {},
      databaseHomes: {},
      redisUrls: {},
      replicas: { urls: [], maxLagMs: 1_000 },
      dataDir: resolve('.panier'),
      paymentProvider: 'simulated',
      stripe: undefined,
      reservationMs: 900_000,
      inventory: null,
      chargeBackoffMs: 500,
      chargeGraceMs: 60_000,
      claimIdleMs: 30_000,
      leaseMs: 3_000,
      maxDeliveries: 8,
      sweepAfterMs: 15_000,
      streamRetention: 100_000,
      idempotencyTtlHours: 48,
      limits: DEFAULT_LIMITS,
      tokens: {
        key: null,
        algorithms: ['HS256'],
        issuer: null,
        audience: null,
        scopeClaim: 'scope',
        roleClaim: 'role',
      },
      ownToken: undefined,
      rateLimits: DEFAULT_RATE_LIMITS,
      webhookAllowance: { hosts: [], ranges: [], isPrivate: false },
      logLevel: 'info',
      logFormat: null,
      isInCi: false,
      noColour: false,
      demoCatalogue: true,
    });
  });

  it('takes every value from the environment', () => {
    const config = readConfig({
      PANIER_ROLES: 'saga',
      PORT: '0',
      PANIER_INVENTORY_PORT: '4711',
      PANIER_HOSTS: 'shop.example, panier',
      HOST: '0.0.0.0',
      PANIER_OPS_PORT: '4712',
      PANIER_OPS_HOST: '10.0.0.1',
      DATABASE_URL: 'postgres://user:secret@db.example/shop',
      REDIS_URL: 'rediss://cache.example:6380',
      PANIER_REDIS_PREFIX: 'shop:',
      PANIER_READ_DATABASE_URLS: 'postgres://a.example/shop, postgresql://b.example/shop',
      PANIER_READ_MAX_LAG_MS: '300',
      PANIER_DATA_DIR: '/var/lib/panier',
      PANIER_PAYMENT_PROVIDER: 'acme',
      PANIER_RESERVATION_SECONDS: '2',
      PANIER_CHARGE_BACKOFF_MS: '10',
      PANIER_CHARGE_GRACE_SECONDS: '7',
      PANIER_WEBHOOK_ALLOW: 'private, Hooks.Example, 192.0.2.7, 169.254.0.0/16,::1',
      PANIER_CLAIM_IDLE_MS: '1000',
      PANIER_LEASE_MS: '2000',
      PANIER_MAX_DELIVERIES: '3',
      PANIER_SWEEP_AFTER_MS: '2000',
      PANIER_STREAM_RETENTION: '5000',
      PANIER_IDEMPOTENCY_TTL_HOURS: '24',
      PANIER_MAX_SOCKETS: '30',
      PANIER_MAX_SOCKET_OPERATIONS: '20',
      PANIER_MAX_EVENT_STREAMS: '10',
      PANIER_MAX_COST: '500',
      PANIER_RATE_CUSTOMER: '0',
      PANIER_RATE_ADDRESS_VISITS: '7',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      CI: 'true',
      NO_COLOR: '1',
      PANIER_DEMO_CATALOGUE: 'no',
    });
    expect(config).toEqual({
      roles: ['saga'],
      port: 0,
      inventoryPort: 4711,
      host: '0.0.0.0',
      ops: { host: '10.0.0.1', port: 4712 },
      traces: null,
      hosts: ['shop.example', 'panier'],
      mode: 'development',
      documents: 'any',
      documentsManifest: undefined,
      subgraph: false,
      pages: ['console', 'shop'],
      shopPayments: { kind: 'Simulated' },
      corsOrigins: [],
      trustedProxies: [],
      tls: undefined,
      databaseUrl: 'postgres://user:secret@db.example/shop',
      redisUrl: 'rediss://cache.example:6380',
      isCluster: false,
      redisPrefix: 'shop:',
      databaseUrls: {},
      databaseHomes: {},
      redisUrls: {},
      replicas: { urls: ['postgres://a.example/shop', 'postgresql://b.example/shop'], maxLagMs: 300 },
      dataDir: '/var/lib/panier',
      paymentProvider: 'acme',
      reservationMs: 2_000,
      inventory: null,
      chargeBackoffMs: 10,
      chargeGraceMs: 7_000,
      claimIdleMs: 1_000,
      leaseMs: 2_000,
      maxDeliveries: 3,
      sweepAfterMs: 2_000,
      streamRetention: 5_000,
      idempotencyTtlHours: 24,
      limits: { ...DEFAULT_LIMITS, sockets: 30, operationsPerSocket: 20, eventStreams: 10, cost: 500 },
      tokens: readConfig({}).tokens,
      ownToken: undefined,
      rateLimits: { ...DEFAULT_RATE_LIMITS, customer: 0, addressVisits: 7 },
      webhookAllowance: {
        hosts: ['hooks.example'],
        ranges: ['192.0.2.7/32', '169.254.0.0/16', '::1/128'],
        isPrivate: true,
      },
      logLevel: 'debug',
      logFormat: 'json',
      isInCi: true,
      noColour: true,
      demoCatalogue: false,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', PANIER_DATA_DIR: '' })).toEqual(readConfig({}));
  });

  it('prefers the argument to the variable', () => {
    const env = { PANIER_ROLES: 'audit' };
    expect(readConfig(env, ['--roles', 'relay,gateway']).roles).toEqual(['gateway', 'relay']);
    expect(readConfig(env, ['--roles=saga']).roles).toEqual(['saga']);
  });

  it('reports all problems together', () => {
    const problems = problemsOf(
      { PORT: '70000', PANIER_CLAIM_IDLE_MS: 'soon', PANIER_IDEMPOTENCY_TTL_HOURS: '12', LOG_LEVEL: 'loud' },
      ['--roles', 'cook', '--fast', 'now'],
    );
    expect(problems).toEqual([
      'Unknown argument "--fast": leave it out; only --roles and --cluster are understood.',
      'Unknown argument "now": leave it out; only --roles and --cluster are understood.',
      'Unknown role "cook": give --roles (or PANIER_ROLES) one or more of gateway,inventory-api,relay,payment,saga,audit,webhooks,upkeep.',
      'PORT is "70000": set it to a whole number from 0 to 65535.',
      'PANIER_CLAIM_IDLE_MS is "soon": set it to a whole number from 100 to 3600000.',
      'PANIER_IDEMPOTENCY_TTL_HOURS is "12": set it to a whole number from 24 to 8760.',
      'LOG_LEVEL is "loud": set it to one of fatal, error, warn, info, debug, trace, silent.',
    ]);
  });

  it.each([
    [{ PANIER_DEMO_CATALOGUE: 'perhaps' }, 'PANIER_DEMO_CATALOGUE is "perhaps": set it to true or false.'],
    [
      { PANIER_HOSTS: 'http://shop.example:80' },
      'PANIER_HOSTS has "http://shop.example:80": give names of hosts, without scheme or port, as shop.example,panier.',
    ],
    [{ PORT: '-1' }, 'PORT is "-1": set it to a whole number from 0 to 65535.'],
    [{ PORT: '1e3' }, 'PORT is "1e3": set it to a whole number from 0 to 65535.'],
    [
      { PANIER_READ_DATABASE_URLS: 'postgres://a.example/shop,mysql://me:secret@b.example/shop' },
      'PANIER_READ_DATABASE_URLS has what is no URL that starts with postgres://: give URLs of replicas, with commas.',
    ],
    [
      { PANIER_REDIS_PREFIX: 'a {b}' },
      'PANIER_REDIS_PREFIX is "a {b}": set it to at most 64 letters, digits, points, colons, dashes and underscores.',
    ],
    [
      { PANIER_WEBHOOK_ALLOW: 'https://hooks.example' },
      'PANIER_WEBHOOK_ALLOW has "https://hooks.example": give host names, addresses, ranges such as 10.0.0.0/8, or the word private.',
    ],
    [
      { PANIER_WEBHOOK_ALLOW: '10.0.0.0/33' },
      'PANIER_WEBHOOK_ALLOW has "10.0.0.0/33": give host names, addresses, ranges such as 10.0.0.0/8, or the word private.',
    ],
    [
      { DATABASE_URL: 'postgres://user:secret@one:5432,two:5432/shop?target_session_attrs=read-write' },
      'DATABASE_URL names several hosts: give it one address, which leads to whichever is the primary.',
    ],
    [
      { REDIS_URL: 'localhost:6379' },
      'REDIS_URL is not a URL that starts with redis:// or rediss:// or redis+sentinel:// or rediss+sentinel:// or redis+cluster:// or rediss+cluster://.',
    ],
  ])('says what to do about %o', (env, problem) => {
    expect(problemsOf(env)).toEqual([problem]);
  });

  it('takes a password with a comma for what it is', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://user:a,b@one/shop', REDIS_URL: 'redis://one' })).toEqual([]);
  });

  it('does not repeat the password of a wrong URL', () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://user:secret@db.example/shop' });
    expect(problems).toEqual(['DATABASE_URL is not a URL that starts with postgres:// or postgresql://.']);
  });

  it('misses the value of --roles', () => {
    expect(problemsOf({}, ['--roles'])).toEqual(['--roles needs a value, for example --roles gateway,relay.']);
  });
});
