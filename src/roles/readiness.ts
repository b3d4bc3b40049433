import { openReadiness, openWorkerReadiness, type Probed } from '../startup/index.ts';
import type { Parts } from './parts.ts';
import type { Seen } from './seen.ts';

/** What probes are told of this process: where it answers clients, of all that their commands need, else of what it works with. */
export const readinessOf = ({ config: { roles }, stores }: Parts, seen: Pick<Seen, 'leavesReadModels'>): Probed => {
  const working = roles.filter((role) => role !== 'gateway' && role !== 'inventory-api');
  const answering = working.length < roles.length ? openReadiness(stores) : null;
  const reached = answering?.ready ?? openWorkerReadiness(stores, working);
  const ready = roles.includes('audit')
    ? async () => ({ ...(await reached()), readModels: seen.leavesReadModels !== true })
    : reached;
  return { ready, servesAs: answering?.servesAs ?? (async () => Object.values(await ready()).every(Boolean)) };
};
