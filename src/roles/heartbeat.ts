import { startHeartbeat } from '../monitoring/index.ts';
import { type Role, systemClock } from '../platform/index.ts';
import type { Start } from './start.ts';

/** As whom a role comes to the database, where it is not waited for behind its work. */
const DATABASE_OF = {
  gateway: 'access',
  'inventory-api': 'access',
  relay: 'relay',
  payment: 'access',
  saga: 'saga',
  audit: 'audit',
  webhooks: 'webhooks',
  upkeep: 'owner',
} as const satisfies Readonly<Record<Role, keyof Start['stores']>>;

/** Tells of this process, as its first role, until it stops. */
export const tellOfProcess = ({ config: { roles }, stores, logger, started }: Start): void => {
  const [first] = roles;
  if (first === undefined) return;
  const { db } = stores[DATABASE_OF[first]];
  const { number: instance } = stores.instance;
  started.use(startHeartbeat({ db, instance, roles, logger, clock: systemClock }));
};
