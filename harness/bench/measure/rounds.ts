import { meterMemory } from './memory.ts';
import type { Contestant, Round, Row } from './row.ts';
import type { Spread } from './statistics.ts';
import { meterSteal } from './steal.ts';
import { turnsOf } from './turns.ts';

export interface RowResult {
  readonly row: Row;
  readonly results: ReadonlyMap<string, readonly Round[]>;
  readonly stolenShare: number;
  /** Nanoseconds of an access to memory, seen before each contestant's turn. */
  readonly memoryNs: Spread;
}

export interface RoundsOptions {
  readonly rounds: number;
  readonly seconds: number;
  /** Seconds of a first turn of each that does not count; 0 for none. */
  readonly warmUpSeconds: number;
  readonly say: (line: string) => void;
}

const open = async (row: Row, opened: AsyncDisposableStack): Promise<readonly Contestant[]> => {
  const contestants: Contestant[] = [];
  for (const openContestant of row.contestants) contestants.push(opened.use(await openContestant()));
  return contestants;
};

const label = ({ name }: Contestant, { operations, seconds }: Round): string =>
  `${name}: ${(operations / seconds).toFixed(operations / seconds < 100 ? 2 : 0)}/s`;

/** Contestants take turns, and each follows each: what the machine does meanwhile strikes all alike. */
export const runRow = async (row: Row, { rounds, seconds, warmUpSeconds, say }: RoundsOptions): Promise<RowResult> => {
  await using opened = new AsyncDisposableStack();
  say(`${row.id}  opening`);
  const contestants = await open(row, opened);
  if (warmUpSeconds > 0)
    for (const contestant of contestants) await contestant.round(Math.max(warmUpSeconds, row.warmUpSeconds ?? 0));
  const stolen = meterSteal();
  const memory = meterMemory();
  const results = new Map<string, Round[]>(contestants.map(({ name }) => [name, []]));
  for (let index = 0; index < rounds; index += 1) {
    for (const contestant of turnsOf(contestants.length, index).flatMap((turn) => contestants[turn] ?? [])) {
      memory.look();
      const round = await contestant.round(seconds);
      results.get(contestant.name)?.push(round);
      say(`${row.id}  round ${index + 1}/${rounds}  ${label(contestant, round)}`);
    }
  }
  const stolenShare = stolen();
  for (const contestant of contestants) await contestant.verify();
  return { row, results, stolenShare, memoryNs: memory.accessNs() };
};
