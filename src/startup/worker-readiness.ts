import { type Db, statement } from '../database/index.ts';
import type { DatabaseHome, DatabaseService, Role } from '../platform/index.ts';
import { allTrue, look } from './look.ts';
import type { Probed } from './readiness.ts';
import type { Stores } from './stores.ts';

/** Roles that nobody asks; of those that answer, `openReadiness` tells more. */
export type WorkingRole = Exclude<Role, 'gateway' | 'inventory-api'>;

type Place = readonly [as: DatabaseService, home: DatabaseHome];

/** As whom each comes to PostgreSQL, and where it works. The relay's sweeps ask the saga what it lacks. */
const DATABASES = {
  relay: [
    ['relay', 'write'],
    ['relay', 'saga'],
    ['saga', 'saga'],
  ],
  payment: [['commands', 'write']],
  saga: [['saga', 'saga']],
  audit: [['audit', 'audit']],
  webhooks: [
    ['webhooks', 'shared'],
    ['webhooks', 'audit'],
  ],
  upkeep: [
    ['owner', 'shared'],
    ['owner', 'audit'],
  ],
} as const satisfies Readonly<Record<WorkingRole, readonly Place[]>>;

/** A consumer has a connection of its own, which waits for entries: the question goes by another. */
const REDIS = {
  relay: 'relay',
  payment: 'gateway',
  saga: 'gateway',
  audit: 'audit',
  webhooks: 'webhooks',
  upkeep: 'upkeep',
} as const satisfies Readonly<Record<WorkingRole, keyof Stores['redis']>>;

// A home is never a standby: it would let nobody write.
const MAY_WRITE = statement<{ readonly may_write: boolean }>('select not pg_is_in_recovery() as may_write');

const mayWrite = async (db: Db): Promise<boolean> => (await MAY_WRITE(db))[0]?.may_write === true;

/** What /readyz says where nobody but operators asks: whether the servers answer, to those as whom these roles come. */
export const openWorkerReadiness = (stores: Stores, roles: readonly WorkingRole[]): Probed['ready'] => {
  const places: readonly Place[] = roles.flatMap((role): readonly Place[] => DATABASES[role]);
  const databases = [...new Set(places.map(([service, home]) => stores.at(service, home).db))];
  const redises = [...new Set(roles.map((role) => stores.redis[REDIS[role]]))];
  const ofDatabases = databases.map((db) => look(() => mayWrite(db)));
  const ofRedises = redises.map((redis) => look(() => redis.examine()));
  return async () => {
    const [postgresql, redis] = await Promise.all([allTrue(ofDatabases), allTrue(ofRedises)]);
    return { postgresql, redis };
  };
};
