import type { Evidence } from './evidence.ts';
import { RULES } from './rules.ts';

export interface Verdict {
  readonly rule: string;
  readonly broken: readonly string[];
}

/** A verdict for each rule. */
export const judge = (evidence: Evidence): readonly Verdict[] =>
  RULES.map(({ name, find }) => ({ rule: name, broken: find(evidence) }));

export const isSound = (verdicts: readonly Verdict[]): boolean => verdicts.every(({ broken }) => broken.length === 0);
