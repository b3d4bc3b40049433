import type { Report } from './report.ts';

/** Every round of every contestant, and the verdicts. */
export const jsonOf = ({ at, machine, options, results }: Report): string => {
  const rows = results.map(({ row, results: rounds, stolenShare, memoryNs }) => ({
    id: row.id,
    title: row.title,
    goal: row.goal,
    stolenShare,
    memoryNs,
    verdict: row.judge(rounds),
    contestants: Object.fromEntries(rounds),
  }));
  return `${JSON.stringify({ at, machine, options, rows }, null, 2)}\n`;
};
