import type { Load } from '../load.ts';
import type { Violation } from '../verdict/index.ts';
import type { ForeignFigures } from './foreign-figures.ts';
import type { Happened } from './happened.ts';
import type { Spread } from './recovery.ts';

/** What a run came to. */
export interface Result {
  readonly seed: number;
  readonly workload: string;
  readonly faults: readonly string[];
  readonly minutes: number;
  readonly operations: {
    readonly ok: number;
    readonly rejected: number;
    readonly failed: number;
    readonly unknown: number;
  };
  /** Of those unknown, how many were still so after the same key had been asked again. */
  readonly unresolved: number;
  /** Before the first fault. */
  readonly load: Load;
  readonly faultsByKind: Readonly<Record<string, number>>;
  readonly struck: readonly {
    readonly kind: string;
    readonly what: string;
    readonly recoveredAfterMs: number | null;
    readonly wasCalm: boolean;
  }[];
  /** Faults that could not be injected. */
  readonly failed: readonly { readonly kind: string; readonly message: string; readonly wasCalm: boolean }[];
  /** The kinds that had nothing to hit, as often as they had not. */
  readonly missed: readonly string[];
  readonly orders: Readonly<Record<string, number>>;
  readonly events: number;
  readonly entries: number;
  readonly deliveredTwice: number;
  readonly claims: number;
  readonly compensations: number;
  readonly inventory: 'ledger' | 'remote';
  /** The numbers of partitions that the streams had, in their order. */
  readonly partitions: readonly number[];
  /** What an inventory elsewhere was asked; null where there is none. */
  readonly foreign: ForeignFigures | null;
  readonly subscriptions: { readonly watched: number; readonly connections: number; readonly updates: number };
  /** Questions about a cart or an order, and how many of them its owner asked and was told. */
  readonly probed: { readonly tried: number; readonly toldOwner: number };
  readonly recoveryMs: Spread;
  readonly recoveryMsByKind: Readonly<Record<string, Spread>>;
  readonly happened: Happened;
  readonly quietAfterMs: number;
  readonly violations: readonly Violation[];
  /** Why the run proves nothing; empty when it does. */
  readonly voidBecause: readonly string[];
}
