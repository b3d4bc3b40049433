import type { Comparison, RebuildParts, RebuildProgress, RebuildStage } from '../../audit/index.ts';
import { assertNever } from '../../platform/index.ts';
import type { StepStatus, UpkeepStep } from '../runs/run.ts';
import type { Check } from '../verification/check.ts';
import { isBroken, type Reached, type RunOptions } from '../verification/run-checks.ts';
import { firstOf, StepList } from './step-list.ts';

type Tell = (steps: readonly UpkeepStep[]) => void;

const statusOf = ({ verdict, isFinal }: Reached): StepStatus => {
  if (!isFinal) return 'SUSPECTED';
  if (verdict.finding.count === 0) return 'HELD';
  return isBroken(verdict) ? 'BROKEN' : 'NOTED';
};

/** What a verification tells, as the steps of its run: a rule each. */
export const followVerification = (
  checks: readonly Check[],
  tell: Tell,
): Required<Pick<RunOptions, 'onProgress' | 'onVerdict'>> => {
  const list = new StepList(
    checks.map(({ rule }) => rule),
    tell,
  );
  return {
    onProgress: ({ rule, share }) => list.change(rule, { status: 'RUNNING', share }),
    onVerdict: (reached) => {
      const { rule, finding } = reached.verdict;
      const offenders = firstOf(finding.offenders);
      list.change(rule, { status: statusOf(reached), share: 1, found: finding.count, offenders });
    },
  };
};

const EVENTS = 'events';
const SWAP = 'swap';

const shareOf = ({ position, head }: RebuildProgress): number =>
  head === 0n ? 1 : Math.min(1, Number(position) / Number(head));

const comparedTable = ({ table, rows, differing, examples }: Comparison): Partial<UpkeepStep> => ({
  status: differing === 0 ? 'HELD' : 'BROKEN',
  share: 1,
  checked: rows,
  found: differing,
  offenders: firstOf(examples.map((name) => ({ name, detail: `a row of read."${table}" that differs` }))),
});

const stageReached = (list: StepList, stage: RebuildStage): void => {
  switch (stage.type) {
    case 'Comparing':
      list.change(EVENTS, { status: 'HELD', share: 1 });
      return list.insert(1, stage.tables);
    case 'Compared':
      return list.change(stage.comparison.table, comparedTable(stage.comparison));
    case 'Swapped':
      return list.change(SWAP, { status: 'HELD', share: 1 });
  }
  return assertNever(stage);
};

/** What a replay tells, as the steps of its run: its events, each table as it is compared, and the swap unless it is a dry run. */
export const followReplay = (dryRun: boolean, tell: Tell): Required<Pick<RebuildParts, 'onProgress' | 'onStage'>> => {
  const list = new StepList(dryRun ? [EVENTS] : [EVENTS, SWAP], tell);
  return {
    onProgress: (progress) =>
      list.change(EVENTS, { status: 'RUNNING', share: shareOf(progress), checked: progress.events }),
    onStage: (stage) => stageReached(list, stage),
  };
};
