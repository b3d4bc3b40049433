import { isBroken, type Verdict } from '../../upkeep/index.ts';

const MAX_NAMED = 5;

const count = (value: number): string => value.toLocaleString('en');

const describeVerdict = (verdict: Verdict): readonly string[] => {
  const { rule, finding, seconds } = verdict;
  const time = `${seconds.toFixed(1)} s`.padStart(8);
  if (finding.count === 0) return [`ok      ${time}  ${rule}`];
  const named = finding.offenders.slice(0, MAX_NAMED).map(({ name, detail }) => `${' '.repeat(18)}${name}: ${detail}`);
  const more = finding.count - named.length;
  const rest = more > 0 ? [`${' '.repeat(18)}and ${count(more)} more`] : [];
  const word = isBroken(verdict) ? 'BROKEN' : 'NOTED ';
  return [`${word}  ${time}  ${rule}: not so for ${count(finding.count)}`, ...named, ...rest];
};

const conclusion = (verdicts: readonly Verdict[]): string => {
  const broken = verdicts.filter(isBroken).length;
  return broken === 0 ? `All ${verdicts.length} rules hold.` : `${broken} of ${verdicts.length} rules are broken.`;
};

/** What a verification found, for people. */
export const describeVerdicts = (verdicts: readonly Verdict[]): string =>
  `${[...verdicts.flatMap(describeVerdict), conclusion(verdicts)].join('\n')}\n`;
