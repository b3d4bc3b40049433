import { AS_OPERATOR } from '../../support/tokens.ts';
/** What a GraphQL server answers to one request, as an operator. @throws when it answers with errors */
export const ask = async <Data>(url: string, query: string, variables: object = {}): Promise<Data> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { readonly data?: Data; readonly errors?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(`${query} failed: ${JSON.stringify(errors)}`);
  return data;
};
