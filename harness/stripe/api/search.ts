import { type ApiObject, intentObject } from '../account/objects.ts';
import type { Intent } from '../account/records.ts';
import { allowOnly, integerAt, requiredText } from '../http/params.ts';
import { misfit } from '../http/refusal.ts';
import type { Handler } from './call.ts';

const CLAUSE = /^(-?)(?:metadata\[(?:'([^']*)'|"([^"]*)")\]|(\w+))\s*(:|>=|<=|>|<)\s*(?:'([^']*)'|"([^"]*)"|(\d+))$/;
const FIELDS = ['amount', 'created', 'currency', 'status'] as const;

type Test = (intent: Intent) => boolean;

const compared = (left: string | number, operator: string, right: string): boolean => {
  switch (operator) {
    case '>':
      return Number(left) > Number(right);
    case '>=':
      return Number(left) >= Number(right);
    case '<':
      return Number(left) < Number(right);
    case '<=':
      return Number(left) <= Number(right);
    default:
      return String(left) === right;
  }
};

const clauseOf = (clause: string): Test => {
  const [, minus, single, double, name, operator = ':', ...values] = CLAUSE.exec(clause.trim()) ?? [];
  const field = FIELDS.find((each) => each === name);
  const key = single ?? double;
  if (field === undefined && key === undefined) throw misfit(`We were unable to parse your search query: ${clause}`);
  const wanted = values.find((value) => value !== undefined) ?? '';
  return (intent) => {
    const value = field === undefined ? intent.metadata[key ?? ''] : intent[field];
    return (value !== undefined && compared(value, operator, wanted)) !== (minus === '-');
  };
};

const MAX_LIMIT = 100;

/**
 * Searches intents. As at Stripe, what was just made is not found: "don't use search in read-after-write flows".
 * Source: https://docs.stripe.com/search.
 */
export const searchIntents =
  (lagMs: number): Handler =>
  ({ account, params }): ApiObject => {
    allowOnly(params, ['query', 'limit', 'page', 'expand']);
    const tests = requiredText(params, 'query')
      .split(/\s+AND\s+/i)
      .map(clauseOf);
    const until = account.clock.now() - lagMs;
    const isFound = (intent: Intent): boolean => intent.madeAtMs <= until && tests.every((test) => test(intent));
    const hits = [...account.intents.values()].filter(isFound).toReversed();
    const limit = Math.min(integerAt(params, 'limit') ?? 10, MAX_LIMIT);
    const from = (integerAt(params, 'page') ?? 0) * limit;
    const next = from + limit < hits.length ? { next_page: String(from / limit + 1) } : {};
    return {
      object: 'search_result',
      url: '/v1/payment_intents/search',
      has_more: 'next_page' in next,
      ...next,
      data: hits.slice(from, from + limit).map(intentObject),
    };
  };
