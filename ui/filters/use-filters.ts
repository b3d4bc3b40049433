import { useMemo } from 'react';
import { useSearchParams } from 'wouter';

/** What each filter is set to; empty: it lets everything through. */
export type FilterValues<Name extends string> = Readonly<Record<Name, string>>;

export interface Filters<Name extends string> {
  readonly values: FilterValues<Name>;
  readonly areSet: boolean;
  /** With `replace`, the back button does not stop at what was set before. */
  readonly set: (changed: Partial<FilterValues<Name>>, options?: { readonly replace?: boolean }) => void;
  readonly clear: () => void;
}

/**
 * The filters of a page, which are kept in its address alone: the back button takes them back, and a link to what is shown can be
 * sent. `names` has to be the same array each time.
 */
export const useFilters = <Name extends string>(names: readonly Name[]): Filters<Name> => {
  const [params, setParams] = useSearchParams();
  return useMemo(() => {
    const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
    const set: Filters<Name>['set'] = (changed, options = {}) => {
      const next = (before: URLSearchParams): URLSearchParams => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries<string | undefined>(changed)) {
          if (value === undefined || value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      };
      setParams(next, options);
    };
    const clear = (): void => set(Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>);
    return { values, areSet: names.some((name) => values[name] !== ''), set, clear };
  }, [names, params, setParams]);
};
