import type { RebuildProgress } from '../audit/index.ts';

/** What progress is written to. */
export interface Output {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

export interface ProgressWriter extends Disposable {
  readonly show: (progress: RebuildProgress) => void;
}

const BAR_WIDTH = 30;
const BAR_EVERY_MS = 100;
const LINE_EVERY_MS = 3_000;

const shareOf = ({ position, head }: RebuildProgress): number =>
  head === 0n ? 1 : Math.min(1, Number(position) / Number(head));

const remaining = (share: number, elapsedMs: number): string => {
  const seconds = Math.ceil(((elapsedMs / share) * (1 - share)) / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const count = (value: number): string => value.toLocaleString('en');

/** How far a replay is: share, events, rate, time left. */
export const describeProgress = (progress: RebuildProgress, elapsedMs: number): string => {
  const share = shareOf(progress);
  const rate = Math.round((progress.events * 1_000) / Math.max(1, elapsedMs));
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return `${percent}  ${count(progress.events)} events  ${count(rate)}/s  ${remaining(share, elapsedMs)} left`;
};

const bar = (progress: RebuildProgress): string => {
  const filled = Math.floor(shareOf(progress) * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
};

/** A bar that moves on a terminal; elsewhere a line every few seconds. */
export const progressTo = (output: Output, now: () => number = Date.now): ProgressWriter => {
  const startedAt = now();
  const everyMs = output.isTTY === true ? BAR_EVERY_MS : LINE_EVERY_MS;
  let shownAt = output.isTTY === true ? 0 : startedAt;
  const show = (progress: RebuildProgress): void => {
    if (now() - shownAt < everyMs) return;
    shownAt = now();
    const text = describeProgress(progress, now() - startedAt);
    output.write(output.isTTY === true ? `\r\x1b[K${bar(progress)} ${text}` : `${text}\n`);
  };
  return {
    show,
    [Symbol.dispose]: () => {
      if (output.isTTY === true) output.write('\r\x1b[K');
    },
  };
};
