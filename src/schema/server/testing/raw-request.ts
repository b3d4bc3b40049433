import { type IncomingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { AS_OPERATOR } from '../../../../harness/support/tokens.ts';

/** One HTTP request, as raw as a client may send it. */
export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Nobody shows no token, unless it is in the headers; otherwise it is an operator's. */
  readonly as?: 'Nobody';
}

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Asks the server at that address over a connection of its own. */
export const ask = async (url: string, asked: RawRequest): Promise<RawAnswer> => {
  const { method = 'POST', path = '/graphql', body = '' } = asked;
  const headers = {
    'content-type': 'application/json',
    ...(asked.as === 'Nobody' ? {} : AS_OPERATOR),
    ...asked.headers,
  };
  const answered = Promise.withResolvers<RawAnswer>();
  // The path as it stands: a URL would resolve its dots.
  const sent = request(url, { path, method, headers, agent: false });
  sent.once('error', answered.reject);
  sent.once('response', (response) => {
    const whole = text(response).then((read) => ({
      status: response.statusCode,
      headers: response.headers,
      body: read,
    }));
    whole.then(answered.resolve, answered.reject);
  });
  sent.end(body);
  return answered.promise;
};

export const askAsNobody = (url: string, asked: RawRequest): Promise<RawAnswer> => ask(url, { ...asked, as: 'Nobody' });
