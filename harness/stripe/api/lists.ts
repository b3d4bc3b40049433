import { type ApiObject, objectOf } from '../account/objects.ts';
import type { Happening } from '../account/records.ts';
import type { Params } from '../http/form.ts';
import { allowOnly, integerAt, textAt } from '../http/params.ts';
import { misfit } from '../http/refusal.ts';

interface Listed {
  readonly id: string;
  readonly created: number;
}

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

const PAGING = ['limit', 'starting_after', 'ending_before', 'expand', 'created'] as const;

const limitOf = (params: Params): number => {
  const limit = integerAt(params, 'limit') ?? DEFAULT_LIMIT;
  if (limit < 1 || limit > MAX_LIMIT) throw misfit('Limit must be between 1 and 100', { param: 'limit' });
  return limit;
};

const isWithin = (params: Params, created: number): boolean => {
  if (typeof params['created'] === 'string') return created === integerAt(params, 'created');
  const bound = (name: string, otherwise: number): number => integerAt(params, `created.${name}`) ?? otherwise;
  const isLate = created >= bound('gte', 0) && created > bound('gt', -1);
  return isLate && created <= bound('lte', Infinity) && created < bound('lt', Infinity);
};

/** Newest first, from where the last page ended. */
const pageOf = <T extends Listed>(params: Params, newestFirst: readonly T[]): readonly T[] => {
  const [after, before] = [textAt(params, 'starting_after'), textAt(params, 'ending_before')];
  const at = (id: string): number => newestFirst.findIndex((each) => each.id === id);
  if (after !== undefined) return newestFirst.slice(at(after) + 1);
  return before === undefined ? newestFirst : newestFirst.slice(0, at(before)).slice(-limitOf(params));
};

interface List<T> {
  readonly url: string;
  readonly items: Iterable<T>;
  /** What it can be asked by, beside its pages. */
  readonly filters: Readonly<Record<string, (item: T, wanted: string) => boolean>>;
  readonly shown: (item: T) => ApiObject;
}

/** A page of a list. Source: https://docs.stripe.com/api/pagination. */
export const listOf = <T extends Listed>(params: Params, { url, items, filters, shown }: List<T>): ApiObject => {
  allowOnly(params, [...PAGING, ...Object.keys(filters)]);
  const isWanted = (item: T): boolean =>
    isWithin(params, item.created) &&
    Object.entries(filters).every(([name, fits]) => {
      const wanted = textAt(params, name);
      return wanted === undefined || fits(item, wanted);
    });
  const page = pageOf(params, [...items].filter(isWanted).toReversed());
  const limit = limitOf(params);
  return { object: 'list', url, has_more: page.length > limit, data: page.slice(0, limit).map(shown) };
};

/** A page of what the API has objects of. */
export const listObjects = <T extends Happening>(params: Params, list: Omit<List<T>, 'shown'>): ApiObject =>
  listOf(params, { ...list, shown: objectOf });
