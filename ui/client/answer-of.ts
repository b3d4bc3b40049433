import type { CombinedError } from '@urql/core';

interface Answer<Data> {
  readonly data?: Data | undefined;
  readonly error?: CombinedError | undefined;
}

/** What was asked for. @throws urql's error where there is one. */
export const answerOf = <Data>({ data, error }: Answer<Data>): Data => {
  if (error !== undefined) throw error;
  if (data === undefined) throw new Error('panier has answered nothing.');
  return data;
};
