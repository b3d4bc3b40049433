import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { QueryClient } from '@tanstack/query-core';
import { ProductDocument } from '../../src/cli/client.ts';

interface Asked<Result, Variables> extends DocumentTypeDecoration<Result, Variables> {
  readonly toString: () => string;
}

const ask = async <Result, Variables>(url: string, document: Asked<Result, Variables>, variables: Variables) => {
  const body = JSON.stringify({ query: document.toString(), variables });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { data, errors } = (await response.json()) as { data?: Result; errors?: readonly { message: string }[] };
  if (!data || errors) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return data;
};

export const queryClient = new QueryClient({ defaultOptions: { queries: { retry: 3 } } });

/** For `useQuery` as it is. */
export const productQuery = (url: string, id: string) => ({
  queryKey: ['product', id],
  queryFn: () => ask(url, ProductDocument, { id }),
});
