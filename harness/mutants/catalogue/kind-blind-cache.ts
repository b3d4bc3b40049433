import type { Mutant } from '../mutant.ts';

export const kindBlindCache: Mutant = {
  number: 17,
  name: 'cache keyed by id alone',
  change:
    'An id is taken for one of whatever kind is wanted, and aggregates are cached by their id alone: who asks for a product by the id of a cart leaves a product in the cache, and the next command on the cart finds it.',
  edits: [
    {
      file: 'src/write/execution/aggregates.ts',
      find: "const keyOf = ({ kind, id }: Pick<Loaded<unknown>, 'kind' | 'id'>): string => `${kind} ${id}`;",
      put: "const keyOf = ({ id }: Pick<Loaded<unknown>, 'kind' | 'id'>): string => id;",
    },
    {
      file: 'src/events/ids.ts',
      find: '  return value.length > prefix.length && value.startsWith(prefix) && IDENTIFIER.test(value);',
      put: '  return value.length > prefix.length && IDENTIFIER.test(value);',
    },
  ],
  chaos: { seed: 1, minutes: 1, faults: 'none', workload: 'storm' },
};
