import { cpuOf, perSecond, type Round, type RowResult, type Spread, spreadOf } from '../measure/index.ts';
import { digits } from './digits.ts';
import type { Report } from './report.ts';

const spread = ({ min, median, max }: Spread): string => `${digits(median)} (${digits(min)}–${digits(max)})`;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const latencies = (rounds: readonly Round[]): string => {
  const measured = rounds.flatMap(({ latencyMs }) => latencyMs ?? []);
  if (measured.length === 0) return '–';
  return (['p50', 'p99', 'max'] as const)
    .map((name) => `${name} ${digits(spreadOf(measured.map((latency) => latency[name])).median)}`)
    .join(', ');
};

const namesIn = (rounds: readonly Round[], of: (round: Round) => object): readonly string[] => [
  ...new Set(rounds.flatMap((round) => Object.keys(of(round)))),
];

const processors = (rounds: readonly Round[]): string =>
  namesIn(rounds, ({ cpuMicros }) => cpuMicros)
    .map((kind) => `${kind} ${digits(cpuOf(rounds, kind).median)}`)
    .join(', ');

const figures = (rounds: readonly Round[]): string =>
  namesIn(rounds, (round) => round.figures ?? {})
    .map((name) => `${name} ${spread(spreadOf(rounds.flatMap((round) => round.figures?.[name] ?? [])))}`)
    .join('; ');

const contestantLine = ([name, rounds]: readonly [string, readonly Round[]]): string =>
  `| ${name} | ${spread(perSecond(rounds))} | ${processors(rounds)} | ${latencies(rounds)} | ${figures(rounds)} |`;

const verdictLine = ({ row, results }: RowResult): string => {
  const { measured, limit, ratio, met } = row.judge(results);
  return `| ${row.id} | ${row.goal} | ${limit} | ${measured} | ${ratio?.toFixed(2) ?? '–'} | ${met ? 'met' : '**not met**'} |`;
};

const rowSection = ({ row, results, stolenShare, memoryNs }: RowResult): string =>
  [
    `## ${row.id} ${row.title}`,
    '',
    `Stolen by the host meanwhile: ${percent(stolenShare)} of the machine's time. An access to memory took ${spread(memoryNs)} ns.`,
    '',
    '| contestant | operations/s, median (range) | CPU, µs an operation | latency, ms | further |',
    '|---|---|---|---|---|',
    ...[...results].map(contestantLine),
  ].join('\n');

/** The whole report; speeds are marked as no judgement when the run was a quick one. */
export const markdownOf = ({ at, machine, options, results }: Report): string =>
  [
    `# Benchmark of ${at.toISOString().slice(0, 10)}`,
    '',
    `${machine}. ${options.rounds} rounds of ${options.seconds} s for each contestant, by turns.`,
    ...(options.isQuick ? ['', 'A quick run: it checks what was done and is too short to judge speed.'] : []),
    '',
    '| | goal | limit, same run | measured | ratio | |',
    '|---|---|---|---|---|---|',
    ...results.map(verdictLine),
    '',
    ...results.map((result) => `${rowSection(result)}\n`),
  ].join('\n');
