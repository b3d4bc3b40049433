import type { Violation } from '../verdict/index.ts';
import type { Result } from './result.ts';

type Struck = Pick<Result, 'struck' | 'failed' | 'missed'>;

/** The one that has to succeed, as an operator has to be able to. */
const OPERATORS = 'divide';

const violation = (subject: string, message: string): Violation => ({
  invariant: 'I-13',
  subject,
  message,
  trail: [],
});

/** What was not well again though no other fault was in its way. */
export const unrecovered = ({ struck, failed }: Struck): readonly Violation[] => [
  ...struck
    .filter(({ recoveredAfterMs, wasCalm }) => recoveredAfterMs === null && wasCalm)
    .map(({ kind, what }) => violation(kind, `no order was confirmed within a minute after ${what}`)),
  ...failed
    .filter(({ kind, wasCalm }) => kind === OPERATORS && wasCalm)
    .map(({ kind, message }) => violation(kind, `it was never done: ${message}`)),
];

/** One that misses once may have been unlucky. */
const ENOUGH_TRIES = 2;

/** The faults of which the run proves nothing, because they were tried and never took place. */
export const neverStruck = ({ struck, failed, missed }: Struck): readonly string[] => {
  const hit = new Set(struck.map(({ kind }) => kind));
  const failures = [...Map.groupBy(failed, ({ kind }) => kind)].filter(
    ([kind, same]) => !hit.has(kind) || same.some(({ wasCalm }) => wasCalm),
  );
  const misses = [...Map.groupBy(missed, (kind) => kind)].filter(
    ([kind, same]) => !hit.has(kind) && same.length >= ENOUGH_TRIES,
  );
  return [
    ...failures.map(([kind, [first]]) => `${kind} could not be injected: ${first?.message ?? ''}`),
    ...misses.map(([kind, same]) => `${kind} hit nothing, ${same.length} times`),
  ];
};
