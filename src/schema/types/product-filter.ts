import type { ProductFilter as Filter } from '../../read/index.ts';
import { builder } from '../builder.ts';
import { assertSearch } from '../search-text.ts';

export const ProductFilter = builder.inputType('ProductFilter', {
  description: 'Which products. Every field that is given must fit; a field that is left out, or null, fits all.',
  fields: (t) => ({
    name: t.string({
      description:
        'Each of these words begins a word of the name, in small or capital letters: "esp mach"; at most 200 characters.',
    }),
    available: t.boolean({
      description:
        "True: there are units to sell; false: there are none. By panier's own count, also with an inventory elsewhere.",
    }),
  }),
});

/** @throws a GraphQL error with code `BAD_USER_INPUT` when the text to look for has no words, or too many. */
export const checkedProductFilter = (filter: Filter | null | undefined): Filter => {
  assertSearch('filter.name', filter?.name);
  return filter ?? {};
};
