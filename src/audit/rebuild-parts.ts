import type { Db } from '../database/index.ts';
import type { Projection, ReadSchema } from '../projection/index.ts';
import type { Comparison } from './compare.ts';

export interface RebuildParts {
  readonly db: Db;
  /** The projections that write to the tables of a schema. */
  readonly projections: (schema: ReadSchema) => readonly Projection[];
  /** Compare only, and keep the read models as they are. */
  readonly dryRun: boolean;
  /** What becomes of read models of a later version of panier: by default they are replaced, as is meant on a way back. */
  readonly laterVersions?: 'Replaced' | 'Refused';
  readonly onProgress: (progress: RebuildProgress) => void;
  /** Told of what comes after the events. */
  readonly onStage?: (stage: RebuildStage) => void;
  /** Ends the rebuild between two batches or tables, with what it was aborted for; nothing is changed then. */
  readonly signal?: AbortSignal;
}

export type RebuildStage =
  | { readonly type: 'Comparing'; readonly tables: readonly string[] }
  | { readonly type: 'Compared'; readonly comparison: Comparison }
  | { readonly type: 'Swapped' };

export interface RebuildProgress {
  /** Events folded so far. */
  readonly events: number;
  /** Position of the last one, and of the last one of all when the rebuild began. */
  readonly position: bigint;
  readonly head: bigint;
}

export interface RebuildReport {
  readonly events: number;
  readonly tables: readonly Comparison[];
}
