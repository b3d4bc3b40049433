import { randomBytes } from 'node:crypto';
import { AUDIT_STREAMS } from '../audit/index.ts';
import { type BusUser, busUser } from '../bus/index.ts';
import { makeRoles } from '../database/index.ts';
import { STREAMS } from '../events/index.ts';
import {
  DATABASE_SERVICES,
  type DatabaseService,
  isClusterUrl,
  isSentinelUrl,
  REDIS_SERVICES,
  type RedisService,
  type ServiceUrls,
} from '../platform/index.ts';
import { CHANNEL } from '../read/index.ts';
import { SAGA_STREAMS } from '../saga/index.ts';
import { WRITE_STREAMS } from '../write/index.ts';

/** What the names of roles and users begin with, unless told otherwise. */
export const ACCESS_PREFIX = 'panier';

const ALL_STREAMS = Object.values(STREAMS);

const STREAMS_OF: Readonly<Record<RedisService, readonly string[]>> = {
  gateway: ALL_STREAMS,
  payment: WRITE_STREAMS,
  saga: SAGA_STREAMS,
  audit: AUDIT_STREAMS,
  relay: ALL_STREAMS,
  webhooks: [],
  upkeep: ALL_STREAMS,
};

/** 192 random bits, in letters that stand in a URL as they are. */
export const newPassword = (): string => randomBytes(24).toString('hex');

/** The URL of the same server for somebody else. */
export const urlAs = (url: string, name: string, password: string): string => {
  // With commas in it, it is no URL to the platform.
  if (isSentinelUrl(url) || isClusterUrl(url)) return url.replace(/:\/\/(?:[^@/]*@)?/, `://${name}:${password}@`);
  const as = new URL(url);
  as.username = name;
  as.password = password;
  return as.href;
};

/** What a service reads or writes in Redis. */
export const streamsOf = (service: RedisService): readonly string[] => STREAMS_OF[service];

interface Named {
  readonly prefix: string;
  readonly redisPrefix: string;
  readonly service: RedisService;
  readonly password: string;
}

/** The user of Redis that a service connects as. */
export const userOf = ({ prefix, redisPrefix, service, password }: Named): BusUser =>
  busUser({
    name: `${prefix}_${service}`,
    service,
    password,
    streams: streamsOf(service),
    channel: CHANNEL,
    redisPrefix,
  });

/** Passwords for all, new at each start, and what follows from them. */
export interface FreshAccess {
  /** Lines of redis.conf, without `user`. */
  readonly redisUsers: readonly string[];
  /** @throws {RolesError} */
  readonly admitToPostgres: (administratorUrl: string) => Promise<string>;
  readonly databaseUrls: (url: string) => ServiceUrls<DatabaseService>;
  readonly redisUrls: (url: string) => ServiceUrls<RedisService>;
}

const passwordsFor = <Service extends string>(services: readonly Service[]): ((service: Service) => string) => {
  const passwords = new Map(services.map((service) => [service, newPassword()]));
  return (service) => passwords.get(service) ?? newPassword();
};

/** Access to servers that are panier's own: whoever could read a password of the last start has nothing of it in this one. */
export const freshAccess = ({ prefix = ACCESS_PREFIX, redisPrefix = '' } = {}): FreshAccess => {
  const [ofRole, ofUser] = [passwordsFor(DATABASE_SERVICES), passwordsFor(REDIS_SERVICES)];
  const roleAt = (url: string, service: DatabaseService): string => urlAs(url, `${prefix}_${service}`, ofRole(service));
  const userAt = (url: string, service: RedisService): string => urlAs(url, `${prefix}_${service}`, ofUser(service));
  const users = REDIS_SERVICES.map((service) => userOf({ prefix, redisPrefix, service, password: ofUser(service) }));
  return {
    redisUsers: users.map(({ name, rules }) => [name, ...rules].join(' ')),
    admitToPostgres: async (administratorUrl) => {
      await makeRoles(administratorUrl, { prefix, passwordOf: ofRole });
      return roleAt(administratorUrl, 'owner');
    },
    databaseUrls: (url) => Object.fromEntries(DATABASE_SERVICES.map((service) => [service, roleAt(url, service)])),
    redisUrls: (url) => Object.fromEntries(REDIS_SERVICES.map((service) => [service, userAt(url, service)])),
  };
};
