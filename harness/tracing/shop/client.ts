import { Pool } from 'undici';
import { signedInAs } from '../../support/tokens.ts';

export interface Question {
  /** Null asks as an operator. */
  readonly customerId: string | null;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly traceparent?: string;
}

interface Reply {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
}

export interface Client extends AsyncDisposable {
  /** The mutation's or query's one field, called `result`. @throws when it was not answered, or was refused */
  readonly ask: <Result>(question: Question) => Promise<Result>;
}

const CONNECTIONS = 32;

const resultIn = ({ data, errors }: Reply, query: string): unknown => {
  const result = data?.['result'] as { readonly code?: string } | null | undefined;
  if (errors === undefined && result !== null && result !== undefined && result.code === undefined) return result;
  throw new Error(`${query.trim().slice(0, 60)}: ${errors?.[0]?.message ?? result?.code ?? 'no answer'}`);
};

/** Asks one gateway, on connections that are kept. */
export const openClient = (url: string): Client => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  return {
    ask: async <Result>({ customerId, query, variables, traceparent }: Question) => {
      const { body } = await pool.request({
        path: pathname,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(await signedInAs(customerId)),
          ...(traceparent !== undefined && { traceparent }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return resultIn((await body.json()) as Reply, query) as Result;
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
};
