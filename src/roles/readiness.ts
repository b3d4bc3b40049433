import { openReadiness, openWorkerReadiness } from '../startup/index.ts';
import type { Parts } from './parts.ts';
import type { Seen } from './seen.ts';

/** Each part that the process needs, and whether it is there. */
export type Ready = ReturnType<typeof openReadiness>;

/** What /readyz says of this process: where it answers clients, of all that their commands need, else of what it works with. */
export const readinessOf = ({ config: { roles }, stores }: Parts, seen: Pick<Seen, 'leavesReadModels'>): Ready => {
  const working = roles.filter((role) => role !== 'gateway' && role !== 'inventory-api');
  const ready = working.length < roles.length ? openReadiness(stores) : openWorkerReadiness(stores, working);
  if (!roles.includes('audit')) return ready;
  return async () => ({ ...(await ready()), readModels: seen.leavesReadModels !== true });
};
