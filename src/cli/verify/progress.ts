import type { Progress } from '../../upkeep/index.ts';
import type { Output } from '../replay-progress.ts';

export interface ProgressLine extends Disposable {
  readonly show: (progress: Progress) => void;
}

const BAR_WIDTH = 24;
const DEFAULT_COLUMNS = 80;

const bar = ({ done, total, share }: Progress): string => {
  const filled = Math.floor(((done + share) / total) * BAR_WIDTH);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
};

const describe = (progress: Progress): string => {
  const { done, total, rule, share } = progress;
  const percent = share > 0 ? ` ${Math.floor(share * 100)} %` : '';
  return `${String(done + 1).padStart(String(total).length)}/${total}  ${rule}${percent}`;
};

interface Terminal extends Output {
  readonly columns?: number;
}

/** A bar that moves on a terminal; elsewhere a line for each check. */
export const progressTo = (output: Terminal): ProgressLine => {
  let shown = '';
  const onTerminal = (progress: Progress): void => {
    // A line that wraps could not be cleared away.
    const line = `${bar(progress)} ${describe(progress)}`.slice(0, (output.columns || DEFAULT_COLUMNS) - 1);
    output.write(`\r\x1b[K${line}`);
  };
  const onLines = (progress: Progress): void => {
    if (progress.rule !== shown) output.write(`${describe({ ...progress, share: 0 })}\n`);
    shown = progress.rule;
  };
  return {
    show: output.isTTY === true ? onTerminal : onLines,
    [Symbol.dispose]: () => {
      if (output.isTTY === true) output.write('\r\x1b[K');
    },
  };
};
