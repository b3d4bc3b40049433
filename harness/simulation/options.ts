import { parseArgs } from 'node:util';
import { FAULT_KINDS, type FaultKind } from './system/swarm.ts';

export interface Options {
  readonly from: number;
  readonly seeds: number;
  /** The one seed that is replayed, step by step. */
  readonly seed: number | null;
  /** Faults that no seed injects. */
  readonly without: readonly FaultKind[];
}

export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

export const USAGE = `npm run simulate -- [options]
  --seeds <number>  how many seeds to run (default 1000)
  --from <number>   the first of them (default 1)
  --seed <number>   replay this one seed and print its steps
  --without <list>  leave out faults: of ${FAULT_KINDS.join(',')}`;

const wholeNumber = (name: string, value: string): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new OptionsError(`--${name} wants a whole number, not "${value}".`);
  return number;
};

const isFaultKind = (name: string): name is FaultKind => (FAULT_KINDS as readonly string[]).includes(name);

const faultKinds = (list: string): readonly FaultKind[] => {
  const names = list.split(',').filter((name) => name !== '');
  const unknown = names.filter((name) => !isFaultKind(name));
  if (unknown.length > 0) throw new OptionsError(`There is no fault ${unknown.join(', ')}.`);
  return names.filter(isFaultKind);
};

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[]): Options => {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        seeds: { type: 'string', default: '1000' },
        from: { type: 'string', default: '1' },
        seed: { type: 'string' },
        without: { type: 'string', default: '' },
      },
    });
    const seeds = wholeNumber('seeds', values.seeds);
    if (seeds === 0) throw new OptionsError('No seed proves nothing: --seeds wants at least 1.');
    return {
      seeds,
      from: wholeNumber('from', values.from),
      seed: values.seed === undefined ? null : wholeNumber('seed', values.seed),
      without: faultKinds(values.without),
    };
  } catch (error) {
    if (error instanceof OptionsError) throw error;
    throw new OptionsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};
