import type { Drill, DrillReport } from './drill.ts';

/** A drill that was carried out, or broke off. */
export interface Outcome {
  readonly drill: Pick<Drill, 'name'>;
  readonly seconds: number;
  readonly end:
    | { readonly type: 'Done'; readonly report: DrillReport }
    | { readonly type: 'BrokenOff'; readonly because: string };
}

const HEAD = `| drill | what was done | failed commands | longest gap | subscriptions broken, resumed | lost | seconds |
| --- | --- | --- | --- | --- | --- | --- |`;

/** A cell holds no line and no bar of its own. */
const cell = (text: string): string => text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', String.raw`\|`);

const secondsOf = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const cellsOf = ({ end }: Outcome): readonly string[] => {
  if (end.type === 'BrokenOff') return [`broken off: ${end.because}`, '', '', '', ''];
  const { did, clients, lost } = end.report;
  return [
    did,
    `${clients.failed} of ${clients.commands}`,
    secondsOf(clients.longestGapMs),
    `${clients.broken}, ${clients.resumed}`,
    lost.length === 0 ? 'nothing' : `${lost.length}: ${lost[0]}`,
  ];
};

/** One drill as a row of the table. */
export const rowOf = (outcome: Outcome): string =>
  `| ${[outcome.drill.name, ...cellsOf(outcome), outcome.seconds.toFixed(0)].map(cell).join(' | ')} |`;

export const tableOf = (outcomes: readonly Outcome[]): string => [HEAD, ...outcomes.map(rowOf)].join('\n');

/** Whether no command failed, no subscription was lost, and nothing else was. */
export const isKept = ({ end }: Outcome): boolean => {
  if (end.type === 'BrokenOff') return false;
  const { clients, lost } = end.report;
  return clients.commands > 0 && clients.failed === 0 && clients.broken === clients.resumed && lost.length === 0;
};
