import type { Offender } from '../verification/check.ts';

/** What is to be done. */
export type UpkeepTask =
  | {
      readonly kind: 'VERIFICATION';
      readonly graceSeconds: number;
      readonly pauseSeconds: number;
      readonly fold: boolean;
    }
  | { readonly kind: 'REPLAY'; readonly dryRun: boolean };

export type UpkeepKind = UpkeepTask['kind'];

export type UpkeepStatus = 'WAITING' | 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';

export type StepStatus = 'WAITING' | 'RUNNING' | 'SUSPECTED' | 'HELD' | 'NOTED' | 'BROKEN';

/** A rule, or a part of a replay: its events, each of its tables, the swap. */
export interface UpkeepStep {
  readonly name: string;
  readonly status: StepStatus;
  /** How much of it is done: 0 to 1. */
  readonly share: number;
  /** Events folded, or rows compared; null for what is not counted. */
  readonly checked: number | null;
  /** How many break the rule, or differ. */
  readonly found: number;
  /** The first of them. */
  readonly offenders: readonly Offender[];
}

export interface UpkeepRun {
  /** `run_…` */
  readonly id: string;
  readonly task: UpkeepTask;
  readonly status: UpkeepStatus;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly steps: readonly UpkeepStep[];
  /** For people: why it failed, or who has cancelled it. */
  readonly reason: string | null;
}

/** How a run ended. */
export type Outcome =
  | { readonly status: 'COMPLETED' }
  | { readonly status: 'CANCELLED' }
  | { readonly status: 'FAILED'; readonly reason: string };

export const isOver = ({ status }: Pick<UpkeepRun, 'status'>): boolean => status !== 'WAITING' && status !== 'RUNNING';

/** A step that nothing is known of yet. */
export const waitingStep = (name: string): UpkeepStep => ({
  name,
  status: 'WAITING',
  share: 0,
  checked: null,
  found: 0,
  offenders: [],
});
