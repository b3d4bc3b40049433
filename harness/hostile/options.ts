import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';
import { ENTRANCES, type EntranceName } from './entrances/index.ts';

export interface Options {
  readonly seed: number;
  readonly seconds: number;
  readonly entrances: readonly EntranceName[];
}

export const USAGE = `npm run hostile -- [options]
  --seed <number>      decides what is sent (default: a random one, printed)
  --seconds <number>   how long (default 60)
  --entrances <list>   of ${Object.keys(ENTRANCES).join(',')} (default: all)`;

const numberOf = (name: string, value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw new OptionsError(`--${name} wants a number, not "${value}".`);
  return number;
};

const isEntrance = (name: string): name is EntranceName => Object.hasOwn(ENTRANCES, name);

const entrancesOf = (list: string): readonly EntranceName[] => {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isEntrance(name));
  if (unknown.length > 0) throw new OptionsError(`Unknown entrance "${unknown.join('", "')}".`);
  return names.filter(isEntrance);
};

/** @throws OptionsError */
export const readOptions = (argv: readonly string[]): Options => {
  const { values } = parsed(() =>
    parseArgs({
      args: [...argv],
      options: {
        seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
        seconds: { type: 'string', default: '60' },
        entrances: { type: 'string', default: Object.keys(ENTRANCES).join(',') },
      },
    }),
  );
  return {
    seed: numberOf('seed', values.seed),
    seconds: numberOf('seconds', values.seconds),
    entrances: entrancesOf(values.entrances),
  };
};
