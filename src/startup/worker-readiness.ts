import { type Db, statement } from '../database/index.ts';
import {
  byDeadline,
  type DatabaseHome,
  type DatabaseService,
  deadlineIn,
  type Role,
  sharedAnswer,
} from '../platform/index.ts';
import type { Stores } from './stores.ts';

/** Roles that nobody asks; of those that answer, `openReadiness` tells more. */
export type WorkingRole = Exclude<Role, 'gateway' | 'inventory-api'>;

/** Who asks twice is told within 5 s, whatever does not answer. */
const ANSWER_MS = 2_000;
const KEPT_MS = 500;

type Place = readonly [as: DatabaseService, home: DatabaseHome];

/** As whom each comes to PostgreSQL, and where it writes. The relay's sweeps ask the saga what it lacks. */
const DATABASES = {
  relay: [
    ['relay', 'write'],
    ['relay', 'saga'],
    ['saga', 'saga'],
  ],
  payment: [['commands', 'write']],
  saga: [['saga', 'saga']],
  audit: [['audit', 'audit']],
  webhooks: [['webhooks', 'shared']],
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

// All of them write, which a standby does not let them.
const MAY_WRITE = statement<{ readonly may_write: boolean }>('select not pg_is_in_recovery() as may_write');

const mayWrite = async (db: Db): Promise<boolean> => (await MAY_WRITE(db))[0]?.may_write === true;

const allTrue = async (questions: readonly (() => Promise<boolean>)[]): Promise<boolean> => {
  const all = Promise.all(questions.map((ask) => ask())).then((answers) => answers.every(Boolean));
  return byDeadline(all, deadlineIn(ANSWER_MS)).catch(() => false);
};

/** Beyond the deadline of who asks, one may still wait for its answer: no second one takes a connection beside it. */
const oneAtATime = (question: () => Promise<boolean>): (() => Promise<boolean>) => sharedAnswer(question, 0);

const isOurs = async (redis: Stores['redis'][keyof Stores['redis']]): Promise<boolean> => {
  await redis.examine();
  return true;
};

/** What /readyz says where nobody but operators asks: whether the servers answer, to those as whom these roles come. */
export const openWorkerReadiness = (
  stores: Stores,
  roles: readonly WorkingRole[],
): (() => Promise<Readonly<Record<string, boolean>>>) => {
  const places: readonly Place[] = roles.flatMap((role): readonly Place[] => DATABASES[role]);
  const databases = [...new Set(places.map(([service, home]) => stores.at(service, home).db))];
  const redises = [...new Set(roles.map((role) => stores.redis[REDIS[role]]))];
  const ofDatabases = databases.map((db) => oneAtATime(() => mayWrite(db)));
  const ofRedises = redises.map((redis) => oneAtATime(() => isOurs(redis)));
  return sharedAnswer(async () => {
    const [postgresql, redis] = await Promise.all([allTrue(ofDatabases), allTrue(ofRedises)]);
    return { postgresql, redis };
  }, KEPT_MS);
};
