import type { Comparison, RebuildReport } from '../audit/index.ts';

const describeTable = ({ table, rows, differing, examples }: Comparison, width: number): string => {
  const verdict = differing === 0 ? 'identical' : `${differing} differ, for example ${examples.join(', ')}`;
  return `  ${table.padEnd(width)} ${String(rows).padStart(9)} rows  ${verdict}`;
};

const conclusion = (differing: number, dryRun: boolean): string => {
  if (differing === 0) return 'identical';
  const rows = differing === 1 ? '1 row differed' : `${differing} rows differed`;
  return dryRun ? `${rows}; nothing was changed (--dry-run)` : `${rows} from the event store and was put right`;
};

/** What a replay found, for people. */
export const describeReport = ({ events, tables }: RebuildReport, dryRun: boolean): string => {
  const differing = tables.reduce((sum, table) => sum + table.differing, 0);
  const width = Math.max(...tables.map(({ table }) => table.length));
  const described = tables.map((table) => describeTable(table, width));
  const lines = [`${events} events folded`, ...described, conclusion(differing, dryRun)];
  return `${lines.join('\n')}\n`;
};
