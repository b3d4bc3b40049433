import type { DatabaseAddresses, RedisTlsFiles } from '../../platform/index.ts';
import type { Outcome, UpkeepStep, UpkeepTask } from '../runs/run.ts';

/** All that a thread is told of its work: plain data, for it shares nothing. */
export interface WorkSpec {
  readonly task: UpkeepTask;
  readonly addresses: DatabaseAddresses;
  readonly redisUrl: string;
  readonly redisTls: RedisTlsFiles | undefined;
  /** Before every key of Redis. */
  readonly redisPrefix: string;
  /** What its sessions are called in the database, behind `panier `. */
  readonly name: string;
  /** The consumer groups of each stream. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly isSimulated: boolean;
}

/** What a thread tells. */
export type Told =
  | { readonly type: 'Steps'; readonly steps: readonly UpkeepStep[] }
  | { readonly type: 'Ended'; readonly outcome: Outcome };

/** What a thread is told, once. */
export const STOP = 'stop';
