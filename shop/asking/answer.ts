import type { CombinedError } from '@urql/core';

/** Why something was not done. */
export interface Refusal {
  /** Of the API: docs/api.md has them; `NO_ANSWER` where none came. */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

export const NO_ANSWER = 'NO_ANSWER';

/** What a failed request says. */
export const refusalOf = ({ graphQLErrors: [first], message }: CombinedError): Refusal => {
  if (first === undefined) return { code: NO_ANSWER, message };
  const { code } = first.extensions;
  return { code: typeof code === 'string' ? code : NO_ANSWER, message: first.message };
};
