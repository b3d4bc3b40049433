import { createClient } from 'graphql-sse';

export type Headers = Readonly<Record<string, string>>;

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

export interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

interface Asking {
  readonly url: string;
  readonly headers: Headers;
}

export const askAt = async ({ url, headers }: Asking, asked: Asked): Promise<Answer> => {
  const sent = { 'content-type': 'application/json', ...headers };
  const response = await fetch(url, { method: 'POST', headers: sent, body: JSON.stringify(asked) });
  return (await response.json()) as Answer;
};

/** What a subscription gives by server-sent events, until it is over or has given that much. */
export const watchAt = async (asking: Asking, asked: Asked, most = 100): Promise<readonly Answer[]> => {
  const client = createClient({ ...asking, retryAttempts: 0 });
  const given: Answer[] = [];
  for await (const each of client.iterate({ ...asked })) if (given.push(each as Answer) === most) break;
  return given;
};

/** A subgraph, as it says itself. */
export const sdlAt = async (asking: Asking): Promise<string> => {
  const { data } = await askAt(asking, { query: '{ _service { sdl } }' });
  const service = data?.['_service'] as { readonly sdl: string } | undefined;
  return service?.sdl ?? '';
};

export const codeOf = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions?.code;
