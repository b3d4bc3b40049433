import { performance } from 'node:perf_hooks';
import { sleep } from '../../platform/index.ts';
import type { Check, Finding, Inspected } from './check.ts';

export interface Verdict extends Pick<Check, 'rule' | 'isRemark'> {
  readonly finding: Finding;
  readonly seconds: number;
}

/** How far it is: the checks done, and the share of the one under way. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly rule: string;
  readonly share: number;
}

export interface RunOptions {
  readonly checks: readonly Check[];
  readonly inspected: Omit<Inspected, 'onShare'>;
  /** How long to wait before what was found is looked at again. */
  readonly pauseMs: number;
  readonly onProgress: (progress: Progress) => void;
  /** Told of each verdict as it is reached. */
  readonly onVerdict?: (reached: Reached) => void;
  /** Ends the run between two checks, with what it was aborted for. */
  readonly signal?: AbortSignal;
}

export interface Reached {
  /** Of the checks, from 0. */
  readonly nth: number;
  readonly verdict: Verdict;
  /** Whether it is looked at again: what was found may have been under way. */
  readonly isFinal: boolean;
}

const NOT_CHECKED = 'not checked';

/** What could not be looked at is no reason to leave out the rest: it is said, and counts. */
const unchecked = (error: unknown): Finding => {
  const said = error instanceof Error ? error.message : String(error);
  const detail = said.split('\n', 1).join('') || 'it was refused without a word';
  return { count: 1, offenders: [{ name: NOT_CHECKED, detail }] };
};

/**
 * What is looked for again; null for all there is. Where not all were named, those that were may be settled by now, and the
 * others were never looked for.
 */
const namesOf = ({ count, offenders }: Finding): readonly string[] | null => {
  const names = offenders.map(({ name }) => name);
  return count > names.length || names.includes(NOT_CHECKED) ? null : names;
};

const tryToFind = (check: Check, inspected: Inspected, earlier: Finding | null): Promise<Finding> =>
  check.find(inspected, earlier === null ? null : namesOf(earlier)).catch(unchecked);

const runOne = async ({ checks, inspected, onProgress }: RunOptions, done: number, earlier: Verdict | null) => {
  const check = checks[done];
  if (check === undefined) throw new RangeError(`There is no check ${done}`);
  const { rule, isRemark = false } = check;
  const show = (share: number) => onProgress({ done, total: checks.length, rule, share });
  show(0);
  const startedAt = performance.now();
  const finding = await tryToFind(check, { ...inspected, onShare: show }, earlier?.finding ?? null);
  const seconds = (performance.now() - startedAt) / 1_000 + (earlier?.seconds ?? 0);
  return { rule, isRemark, finding, seconds };
};

/** Whether a rule is broken, or could not be looked at. */
export const isBroken = ({ finding, isRemark = false }: Verdict): boolean =>
  finding.count > 0 && (!isRemark || finding.offenders.some(({ name }) => name === NOT_CHECKED));

const reach = async (options: RunOptions, nth: number, earlier: Verdict | null): Promise<Verdict> => {
  options.signal?.throwIfAborted();
  const verdict = await runOne(options, nth, earlier);
  // What was cut short is no finding.
  options.signal?.throwIfAborted();
  const isFinal = earlier !== null || verdict.finding.count === 0;
  options.onVerdict?.({ nth, verdict, isFinal });
  return verdict;
};

/**
 * Runs the checks one after the other. What is found is looked for once more after a pause, and only what is found again
 * counts: on a system at work the rest was under way. Where more was found than is named, all that is found then counts.
 * @throws the signal's reason
 */
export const runChecks = async (options: RunOptions): Promise<readonly Verdict[]> => {
  const verdicts: Verdict[] = [];
  for (const nth of options.checks.keys()) verdicts.push(await reach(options, nth, null));
  if (verdicts.every(({ finding }) => finding.count === 0)) return verdicts;
  await sleep(options.pauseMs, options.signal);
  for (const [nth, verdict] of verdicts.entries())
    if (verdict.finding.count > 0) verdicts[nth] = await reach(options, nth, verdict);
  return verdicts;
};
