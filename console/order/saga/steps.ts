import type { OrderStepFragment } from '../../../ui/generated/operations.ts';

/** One event of the order's saga, without its data. */
export type Step = OrderStepFragment;

/** All steps of an order, the one of revision 1 first; undefined where one is not loaded yet. */
export type Steps = readonly (Step | undefined)[];

/** Steps with `after` < revision <= `upTo`. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
}

/** As many as the limits of one operation let through several times over. */
const STRETCH = 500;

/** With what came, in whatever order it came. `revision` is that of the order, as far as it is known. */
export const withSteps = (steps: Steps, came: readonly Step[], revision: number): Steps => {
  const length = came.reduce((most, step) => Math.max(most, step.revision), Math.max(steps.length, revision));
  const all: (Step | undefined)[] = [...steps];
  while (all.length < length) all.push(undefined);
  for (const step of came) all[step.revision - 1] = step;
  return all;
};

/** The first stretch that is not loaded, from that revision on; null when all is. */
export const missingFrom = (steps: Steps, revision: number): Stretch | null => {
  const after = steps.findIndex((step, index) => step === undefined && index + 1 >= revision);
  if (after === -1) return null;
  const end = steps.findIndex((step, index) => step !== undefined && index > after);
  return { after, upTo: Math.min(after + STRETCH, end === -1 ? steps.length : end) };
};

export const loadedIn = (steps: Steps): readonly Step[] => steps.filter((step) => step !== undefined);

/** By the ids of their events. */
export const byEventId = (steps: Steps): ReadonlyMap<string, Step> =>
  new Map(loadedIn(steps).map((step) => [step.event.eventId, step]));
