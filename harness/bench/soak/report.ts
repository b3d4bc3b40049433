import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckoutRound } from '../load/checkouts.ts';
import { digits, svgOf } from '../report/index.ts';
import type { Sample } from './samples.ts';
import { TOLERANCE, type Verdict } from './verdict.ts';

const MEBIBYTE = 2 ** 20;

export interface SoakReport {
  readonly at: Date;
  readonly machine: string;
  readonly minutes: number;
  /** Whole checkouts a second: the most that went, and those that were started. */
  readonly ceiling: number;
  readonly rate: number;
  readonly round: CheckoutRound;
  readonly stolenShare: number;
  readonly samples: readonly Sample[];
  readonly verdicts: readonly Verdict[];
}

const mebibytes = (bytes: number): string => digits(bytes / MEBIBYTE);

const lineOf = ({ name, settled, end, isBounded }: Verdict): string =>
  `| ${name} | ${mebibytes(settled)} | ${mebibytes(end)} | ${digits(end / settled)} | ${isBounded ? 'bounded' : '**grows**'} |`;

export const soakMarkdown = ({
  at,
  machine,
  minutes,
  ceiling,
  rate,
  round,
  stolenShare,
  verdicts,
}: SoakReport): string =>
  [
    `# Soak of ${at.toISOString().slice(0, 10)}`,
    '',
    `${machine}. ${minutes} minutes of whole checkouts (four commands each, and a subscription to CONFIRMED) at ` +
      `${digits(rate)}/s, of at most ${digits(ceiling)}/s; ${round.operations.toLocaleString('en-US')} of them, ` +
      `p50 ${digits(round.latencyMs.p50)} ms, p99 ${digits(round.latencyMs.p99)} ms. ` +
      `Stolen by the host: ${Math.round(stolenShare * 100)} %.`,
    '',
    `Medians of the fifth of fifteen minutes and of the last; ${Math.round(TOLERANCE * 100)} % more is allowed.`,
    '',
    '| memory of | fifth minute, MiB | end, MiB | ratio | |',
    '|---|---|---|---|---|',
    ...verdicts.map(lineOf),
    '',
  ].join('\n');

/** Writes the report as Markdown, JSON and SVG. */
export const writeSoak = async (report: SoakReport, directory: string): Promise<void> => {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${report.at.toISOString().slice(0, 10)}-soak`);
  writeFileSync(`${path}.md`, soakMarkdown(report));
  writeFileSync(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`);
  const points = report.samples.flatMap(({ seconds, memory }) =>
    Object.entries(memory).map(([series, bytes]) => ({ series, x: seconds / 60, y: bytes / MEBIBYTE })),
  );
  const plot = {
    title: `Memory at ${digits(report.rate)} checkouts a second`,
    x: { title: 'minutes', scale: 'linear' },
    y: { title: 'MiB', scale: 'linear' },
    points,
  } as const;
  writeFileSync(`${path}.svg`, await svgOf(plot));
};
