import { Pool } from 'undici';
import { AS_OPERATOR } from '../../support/tokens.ts';

/** A client that sends prebuilt bodies and looks no further into the answer than it must. */
export interface Poster {
  /** The answer's text. @throws on any status but 200 */
  readonly post: (body: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

const HEADERS = { ...AS_OPERATOR, 'content-type': 'application/json', accept: 'application/json' };

/** At most `connections` connections, kept alive. */
export const openPoster = (url: string, connections: number): Poster => {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const post = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let status = 0;
      let text = '';
      pool.dispatch(
        { path, method: 'POST', headers: HEADERS, body },
        {
          onRequestStart: () => {},
          onResponseStart: (_controller, statusCode) => void (status = statusCode),
          onResponseData: (_controller, chunk) => void (text += chunk.toString('latin1')),
          onResponseEnd: () => (status === 200 ? resolve(text) : reject(new Error(`Status ${status}: ${text}`))),
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
  return { post, close: () => pool.close() };
};
