import { createClient } from 'graphql-ws';
import { type Answer, dataOf, dataOfEach } from './answer.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** A client of panier's API: requests by HTTP, subscriptions by WebSocket. Disposing ends its subscriptions. */
export interface Client extends AsyncDisposable {
  /** @throws {RequestFailed} */
  readonly request: <Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: NoInfer<Variables>,
  ) => Promise<Result>;
  /** Ends with the subscription; `return()` ends it early. Its `next()` throws {@link RequestFailed}. */
  readonly watch: <Result, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables>,
    variables: NoInfer<Variables>,
  ) => AsyncGenerator<Result, void>;
}

export interface ClientOptions {
  /** Where panier listens, without a path. */
  readonly url: string;
  /** Whom it asks as; null: nobody. */
  readonly token: string | Promise<string> | null;
}

const REQUEST_TIMEOUT_MS = 30_000;

const HEADERS = { 'content-type': 'application/json', accept: 'application/graphql-response+json' } as const;

/** As a header, and in `connection_init`. */
const signInOf = async ({ token }: ClientOptions): Promise<Readonly<Record<string, string>>> =>
  token === null ? {} : { authorization: `Bearer ${await token}` };

interface Document {
  readonly __meta__?: Readonly<Record<string, unknown>> | undefined;
  readonly toString: () => string;
}

/** Of this client's own documents, the gateway knows the text. */
const hashOf = ({ __meta__ }: Document): unknown => __meta__?.['hash'];

const byHttp = (document: Document) => {
  const hash = hashOf(document);
  return hash === undefined ? { query: document.toString() } : { documentId: hash };
};

/** graphql-ws sends no operation without a text. */
const bySocket = (document: Document) => {
  const hash = hashOf(document);
  if (hash === undefined) return { query: document.toString() };
  return { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: hash } } };
};

/** Connects when it is first needed. A lost connection ends what is watched: whoever goes on says from where. */
export const connect = (options: ClientOptions): Client => {
  const { url } = options;
  const sockets = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    connectionParams: () => signInOf(options),
    retryAttempts: 0,
  });
  return {
    request: async (document, variables) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { ...HEADERS, ...(await signInOf(options)) },
        body: JSON.stringify({ ...byHttp(document), variables }),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      return dataOf((await response.json()) as Answer<never>);
    },
    watch: (document, variables) => dataOfEach(sockets.iterate({ ...bySocket(document), variables })),
    [Symbol.asyncDispose]: async () => sockets.dispose(),
  };
};
