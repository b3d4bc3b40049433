import type { Database } from '../database/index.ts';
import { startHeartbeat } from '../monitoring/index.ts';
import { type DatabaseService, type Role, systemClock } from '../platform/index.ts';
import type { Start } from './start.ts';

/** As whom a role comes to the database, where it is not waited for behind its work. */
const SERVICE_OF = {
  gateway: 'access',
  'inventory-api': 'access',
  relay: 'relay',
  payment: 'access',
  saga: 'saga',
  audit: 'audit',
  webhooks: 'webhooks',
  upkeep: 'owner',
} as const satisfies Readonly<Record<Role, DatabaseService | 'access'>>;

/** Where what all services share is. */
const databaseOf = (stores: Start['stores'], role: Role): Database => {
  const service = SERVICE_OF[role];
  return service === 'access' ? stores.access : stores.at(service, 'shared');
};

/** Tells of this process, as its first role, until it stops. */
export const tellOfProcess = ({ config: { roles }, stores, logger, started }: Start): void => {
  const [first] = roles;
  if (first === undefined) return;
  const { db } = databaseOf(stores, first);
  const { number: instance } = stores.instance;
  started.use(startHeartbeat({ db, instance, roles, logger, clock: systemClock }));
};
