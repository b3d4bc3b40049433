import { sleep } from '../../src/platform/index.ts';

/** What one process says of its spans since it was started. */
export interface Counted {
  readonly process: string;
  readonly begun: number;
  readonly ended: number;
  readonly lost: number;
}

const POLL_MS = 250;
/** Whoever looks after panier makes spans as well, and each is open for a moment. */
const PATIENCE_MS = 10_000;

const valueIn = (text: string, state: string): number =>
  Number(new RegExp(`^panier_spans_total\\{state="${state}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);

/** @throws when it does not answer */
export const countedAt = async (process: string, opsUrl: string): Promise<Counted> => {
  const text = await (await fetch(`${opsUrl}/metrics`)).text();
  const [begun, ended, lost] = ['begun', 'ended', 'lost'].map((state) => valueIn(text, state));
  return { process, begun: begun ?? 0, ended: ended ?? 0, lost: lost ?? 0 };
};

const isOpen = ({ begun, ended }: Counted): boolean => begun !== ended;

/** Looks until no span is open, or patience ends. */
export const untilClosed = async (look: () => Promise<readonly Counted[]>): Promise<readonly Counted[]> => {
  const deadline = performance.now() + PATIENCE_MS;
  let counted = await look();
  while (counted.some(isOpen) && performance.now() < deadline) {
    await sleep(POLL_MS);
    counted = await look();
  }
  return counted;
};

/** What is wrong with that: spans that nobody ended. */
export const openIn = (counted: readonly Counted[]): readonly string[] =>
  counted.flatMap(({ process, begun, ended }) => [
    ...(begun === 0 ? [`${process} has begun no span`] : []),
    ...(begun === ended ? [] : [`${process} has begun ${begun} spans, and ended ${ended}`]),
  ]);

/** Spans of which nobody said that they were taken: of a process that was frozen they may have been, all the same. */
export const lostIn = (counted: readonly Counted[]): readonly string[] =>
  counted.flatMap(({ process, lost }) => (lost === 0 ? [] : [`${process} has lost ${lost} spans`]));
