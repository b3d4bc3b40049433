import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { RedisService } from '../platform/index.ts';
import { IDENTITY_KEY } from './claim.ts';
import { placedKey } from './cluster/slots.ts';
import { ROUTING_KEYS } from './routing-key.ts';
import { TIMELINE_KEYS } from './timeline.ts';

/** A user of Redis, and all that it may do. */
export interface BusUser {
  readonly name: string;
  /** Words of ACL SETUSER, and of a line `user …` in redis.conf; the password only as its hash. */
  readonly rules: readonly string[];
}

export interface BusUserOptions {
  readonly name: string;
  readonly service: RedisService;
  readonly password: string;
  /** What the service reads or writes. */
  readonly streams: readonly string[];
  /** Where changes are announced. */
  readonly channel: string;
  /** Before every key and channel; by default nothing. */
  readonly redisPrefix?: string;
}

/** Before every key by which the gateway counts how often somebody asks. */
export const RATE_KEYS = 'panier:rate';

const PASSWORD = /^#/;

/** What a client says when it connects, and what tells that Redis is there and fit. */
const CONNECTING = ['auth', 'hello', 'info', 'ping', 'quit', 'select', 'time'];

/** Which node has which keys, and what lets a command in where they are on their way to. */
const IN_A_CLUSTER = ['cluster|nodes', 'asking'];

/** Whose a Redis is: asked by a script, on every connection, of what stands beside its streams, too (ADR-036). */
const ASKING = ['eval', 'exists', 'get', 'set', 'type', 'xrange'];

const READING_AS_GROUP = ['xack', 'xclaim', 'xgroup|create', 'xinfo', 'xpending', 'xreadgroup'];

const LOOKING_AT_GROUPS = ['xinfo', 'xlen', 'xpending'];

const COUNTING_RATES = ['evalsha', 'incrby', 'pttl', 'expire'];

/** Scripts are run as their user, too: `eval` gives no right that the user has not. */
const COMMANDS: Readonly<Record<RedisService, readonly string[]>> = {
  gateway: ['getdel', 'subscribe', 'unsubscribe', 'xadd', ...LOOKING_AT_GROUPS, ...COUNTING_RATES],
  payment: READING_AS_GROUP,
  saga: READING_AS_GROUP,
  audit: [...READING_AS_GROUP, 'publish'],
  relay: ['xadd', 'xinfo', 'xlen', 'xpending', 'xtrim'],
  webhooks: ['subscribe', 'unsubscribe'],
  upkeep: ['publish', 'xinfo', 'xpending'],
};

const ANNOUNCING: readonly RedisService[] = ['gateway', 'audit', 'webhooks', 'upkeep'];

/** Beside a stream, in its slot, stand the marks of its relays, and in a cluster whose it is; so they do beside each of its partitions. */
const keysOf = (service: RedisService, streams: readonly string[], redisPrefix: string): readonly string[] => {
  const keys = [
    IDENTITY_KEY,
    `${IDENTITY_KEY}:*`,
    `${TIMELINE_KEYS}:*`,
    ...(service === 'gateway' ? ['panier:probe:*', 'panier:ticket:*', `${RATE_KEYS}:*`] : []),
    ...(service === 'relay' ? [`${ROUTING_KEYS}:*`] : []),
    ...streams.flatMap((stream) => [stream, `{${stream}}:*`, `${stream}:{*`]),
  ].map((key) => `${redisPrefix}${key}`);
  return [...new Set(keys.flatMap((key) => [key, placedKey(key, redisPrefix)]))].map((key) => `~${key}`);
};

/** A user that may do what its service does, on the streams of its service, and nothing else (ADR-039). */
export const busUser = ({ name, service, password, streams, channel, redisPrefix = '' }: BusUserOptions): BusUser => ({
  name,
  rules: [
    'on',
    `#${createHash('sha256').update(password).digest('hex')}`,
    ...keysOf(service, streams, redisPrefix),
    'resetchannels',
    ...(ANNOUNCING.includes(service) ? [`&${redisPrefix}${channel}`] : []),
    '-@all',
    ...[...CONNECTING, ...IN_A_CLUSTER, ...ASKING, ...COMMANDS[service]].map((command) => `+${command}`),
  ],
});

const namesThere = async (redis: Redis): Promise<ReadonlySet<string>> =>
  new Set((await redis.call('ACL', 'USERS')) as readonly string[]);

/** What of a user's rules is no password. */
export const withoutPassword = (rules: readonly string[]): readonly string[] =>
  rules.filter((rule) => !PASSWORD.test(rule));

/** Everything but the password is said anew; `resetkeys` and its like come first, so that nothing of before is left. */
const RESET = ['resetkeys', 'resetchannels', '-@all'] as const;

export interface MakingUsers {
  /** Also to those that are there. */
  readonly newPasswords: boolean;
  /** Told of each whose password has been set. */
  readonly onSet?: () => void;
}

/**
 * Makes the users of a Redis that runs, or brings those that are there up to date; answers with the names of those whose
 * password is now that of their rules: the others keep theirs.
 */
export const makeBusUsers = async (
  redis: Redis,
  users: readonly BusUser[],
  { newPasswords, onSet }: MakingUsers,
): Promise<ReadonlySet<string>> => {
  const there = await namesThere(redis);
  const fresh = new Set(users.map(({ name }) => name).filter((name) => newPasswords || !there.has(name)));
  for (const { name, rules } of users) {
    const isFresh = fresh.has(name);
    const said = isFresh ? rules : withoutPassword(rules);
    await redis.call('ACL', 'SETUSER', name, ...(isFresh ? ['reset'] : RESET), ...said);
    if (isFresh) onSet?.();
  }
  return fresh;
};
