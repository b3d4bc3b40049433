import type {
  HealthRunChangesSubscription,
  HealthRunHeadFragment,
  UpkeepStatus,
  UpkeepStepStatus,
} from '../../ui/generated/operations.ts';

export type RunHead = HealthRunHeadFragment;
export type Run = HealthRunChangesSubscription['upkeepRun'];
export type Step = Run['steps'][number];

export const isUnderWay = (status: UpkeepStatus): boolean => status === 'WAITING' || status === 'RUNNING';

/** How much of a run is done, 0 to 1; null while nobody knows. */
export const shareOf = (steps: readonly Pick<Step, 'share'>[]): number | null =>
  steps.length === 0 ? null : steps.reduce((total, { share }) => total + share, 0) / steps.length;

/** How many steps stand so. */
export const countOf = (steps: readonly Pick<Step, 'status'>[], status: UpkeepStepStatus): number =>
  steps.filter((step) => step.status === status).length;

/** What a run has come to. */
export type Verdict = 'UnderWay' | 'Well' | 'Broken' | 'Cancelled' | 'Failed';

export const verdictOf = ({ status, steps }: Pick<Run, 'status' | 'steps'>): Verdict => {
  if (isUnderWay(status)) return 'UnderWay';
  if (status === 'CANCELLED') return 'Cancelled';
  if (status === 'FAILED') return 'Failed';
  return countOf(steps, 'BROKEN') > 0 ? 'Broken' : 'Well';
};
