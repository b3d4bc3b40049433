import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Round, spreadOf, systemCpuOf } from '../measure/index.ts';
import { digits, type Plot, svgOf } from '../report/index.ts';
import type { CurveName, Point } from './point.ts';

/** Half as much again is more than two runs of the same thing differ by. */
const FLAT = 1.5;

const CURVES: Readonly<Record<CurveName, { readonly title: string; readonly x: string }>> = {
  size: { title: 'Growth with the data', x: 'events in the store' },
  rebuild: { title: 'Growth of a rebuild with the data', x: 'events in the store' },
  history: { title: 'Growth with the history of one cart', x: 'changes of the cart' },
  concurrency: { title: 'Growth with the requests in flight', x: 'requests in flight' },
};

type Of = (rounds: readonly Round[]) => number;

const cpu: Of = (rounds) => systemCpuOf(rounds).median;
const latency =
  (name: 'p50' | 'p99'): Of =>
  (rounds) =>
    spreadOf(rounds.flatMap(({ latencyMs }) => latencyMs?.[name] ?? [])).median;
const rate: Of = (rounds) => spreadOf(rounds.map(({ operations, seconds }) => operations / seconds)).median;

const compared = ({ here, there }: Point, of: Of): string =>
  of(there) === 0 ? '–' : `${digits(of(there))} → ${digits(of(here))} (× ${digits(of(here) / of(there))})`;

/** What is judged: the time of processors where it was counted, else what a client waited. */
const growth = ({ here, there }: Point): number =>
  cpu(there) > 0 ? cpu(here) / cpu(there) : latency('p50')(here) / latency('p50')(there);

const lineOf = (point: Point): string =>
  [
    '',
    point.operation,
    point.x.toLocaleString('en-US'),
    compared(point, cpu),
    compared(point, latency('p50')),
    compared(point, latency('p99')),
    compared(point, rate),
    `${Math.round(point.stolenShare * 100)} %`,
    growth(point) <= FLAT ? 'flat' : `**× ${digits(growth(point))}**`,
    '',
  ]
    .join(' | ')
    .trim();

const sectionOf = (curve: CurveName, points: readonly Point[]): string =>
  [
    `## ${CURVES[curve].title}`,
    '',
    `Beside each figure that of ${points[0]?.first.toLocaleString('en-US')} ${CURVES[curve].x}, measured by turns with it.`,
    '',
    `| operation | ${CURVES[curve].x} | CPU, µs an operation | p50, ms | p99, ms | operations/s | stolen | |`,
    '|---|---|---|---|---|---|---|---|',
    ...points.map(lineOf),
    '',
  ].join('\n');

const plotOf = (curve: CurveName, points: readonly Point[]): Plot => ({
  title: `${CURVES[curve].title}: CPU of an operation, as a multiple of the first`,
  x: { title: CURVES[curve].x, scale: 'log' },
  y: { title: 'multiple of the first', scale: 'linear' },
  points: points.flatMap((point) => [
    { series: point.operation, x: point.first, y: 1 },
    { series: point.operation, x: point.x, y: growth(point) },
  ]),
});

export interface GrowthReport {
  readonly at: Date;
  readonly machine: string;
  readonly points: readonly Point[];
}

const byCurve = (points: readonly Point[]): ReadonlyMap<CurveName, readonly Point[]> =>
  Map.groupBy(points, ({ curve }) => curve);

export const growthMarkdown = ({ at, machine, points }: GrowthReport): string =>
  [
    `# Growth, ${at.toISOString().slice(0, 10)}`,
    '',
    `${machine}. Medians of rounds; an operation's processor time is that of panier, PostgreSQL and Redis together.`,
    '',
    ...[...byCurve(points)].map(([curve, ofCurve]) => sectionOf(curve, ofCurve)),
  ].join('\n');

/** Writes the report as Markdown and JSON, and each curve as SVG. */
export const writeGrowth = async (report: GrowthReport, directory: string): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${report.at.toISOString().slice(0, 10)}-growth`);
  writeFileSync(`${path}.md`, growthMarkdown(report));
  writeFileSync(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`);
  for (const [curve, points] of byCurve(report.points))
    writeFileSync(`${path}-${curve}.svg`, await svgOf(plotOf(curve, points)));
};
