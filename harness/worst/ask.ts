import { AS_OPERATOR } from '../support/tokens.ts';

export interface Asked {
  readonly query: string;
  readonly variables?: object;
}

export const answerTo = async (url: string, asked: Asked): Promise<string> => {
  const headers = { ...AS_OPERATOR, 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(asked) });
  return response.text();
};

/** The data of an answer. @throws when there are errors */
export const checkedAnswer = async <T extends object>(url: string, asked: Asked): Promise<T> => {
  const answer = JSON.parse(await answerTo(url, asked)) as { readonly data?: T; readonly errors?: unknown };
  if (answer.errors !== undefined || answer.data === undefined) throw new Error(JSON.stringify(answer).slice(0, 500));
  return answer.data;
};
