import type { CombinedError } from '@urql/core';

/** What became of a command that a page asked for. */
export type Outcome<Value> =
  | { readonly kind: 'Done'; readonly value: Value }
  /** In the words of the API. */
  | { readonly kind: 'Refused'; readonly code: string; readonly message: string };

/** Codes that leave open whether it was done (docs/api.md): a command can break behind its events, too. */
const OPEN_CODES: ReadonlySet<string> = new Set(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

/** Whether nobody knows if it was done: panier did not say. Its key stays: asked again by it, it is done once. */
export const mayBeDone = (outcome: Outcome<unknown>): boolean =>
  outcome.kind === 'Refused' && OPEN_CODES.has(outcome.code);

interface Answered<Result> {
  readonly data?: Result | undefined;
  readonly error?: CombinedError | undefined;
}

/** Why something was not done. */
export interface Refusal {
  /** docs/api.md has them. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

const isRefusal = (member: object): member is Refusal => 'code' in member && 'message' in member;

/** What a request that failed says. Without an answer, nobody knows whether it was done: `UNAVAILABLE`. */
export const failureOf = (error: CombinedError | undefined): Refusal => {
  const [first] = error?.graphQLErrors ?? [];
  const code = first?.extensions['code'];
  const message = first?.message ?? error?.networkError?.message ?? error?.message ?? '';
  return { code: typeof code === 'string' ? code : 'UNAVAILABLE', message };
};

/**
 * What a mutation answered with: the member of its result union that is no UserError; or why there is none, be it refused or
 * failed. Its selection has `... on UserError { code message }`.
 */
export const outcomeOf = <Result, Member extends object>(
  { data, error }: Answered<Result>,
  member: (data: Result) => Member,
): Outcome<Exclude<Member, Refusal>> => {
  if (data === undefined || error !== undefined) return { kind: 'Refused', ...failureOf(error) };
  const answer = member(data);
  if (isRefusal(answer)) return { kind: 'Refused', code: answer.code, message: answer.message };
  return { kind: 'Done', value: answer as Exclude<Member, Refusal> };
};
