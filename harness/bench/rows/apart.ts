import type { Contestant, Round } from '../measure/index.ts';
import { type Crowd, openCrowd } from './crowd.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const together = (rounds: readonly Round[]): Round => {
  const kinds = new Set(rounds.flatMap(({ cpuMicros }) => Object.keys(cpuMicros)));
  const micros = (kind: string): number => sum(rounds.map(({ cpuMicros }) => cpuMicros[kind] ?? 0));
  return {
    operations: sum(rounds.map(({ operations }) => operations)),
    seconds: sum(rounds.map(({ seconds }) => seconds)) / rounds.length,
    cpuMicros: Object.fromEntries([...kinds].map((kind) => [kind, micros(kind)])),
  };
};

/** So many paniers that share nothing but the machine, all at work: what processes cost by being many. */
export const openApart = async (name: string, many: number, crowd: Crowd): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const crowds: Contestant[] = [];
  for (let nth = 0; nth < many; nth += 1) crowds.push(opening.use(await openCrowd(`${name}, ${nth}`, crowd)));
  const opened = opening.move();
  return {
    name,
    round: async (seconds) => together(await Promise.all(crowds.map((each) => each.round(seconds)))),
    verify: async () => {
      for (const each of crowds) await each.verify();
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
