import type { ExecutionResult } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import { keptAlive } from './kept-alive.ts';
import { unmarked } from './unmarked.ts';

const BOUNDARY = 'graphql';

/** What its clients look for to tell it from a single answer. */
export const MULTIPART_TYPE = `multipart/mixed;boundary="${BOUNDARY}";subscriptionSpec=1.0`;

// Each part ends with the boundary of the next: until that has come, clients do not read it.
const part = (content: object): string =>
  `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}\r\n--${BOUNDARY}`;

const HEARTBEAT = part({});
const END = '--\r\n';

const partOf = ({ errors, ...result }: ExecutionResult): string =>
  part({ payload: errors === undefined ? result : { ...result, errors: errors.map(unmarked) } });

async function* partsOf(results: AsyncIterator<ExecutionResult>): AsyncGenerator<string> {
  for (;;) {
    const next = await results.next();
    if (next.done === true) break;
    yield partOf(next.value);
  }
  yield END;
}

/**
 * The results of a subscription by Apollo's protocol, and its heartbeat whenever there was none for a while. Source:
 * apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol.
 */
export const multipartStream = (
  results: AsyncIterator<ExecutionResult>,
  fetchAPI: Pick<FetchAPI, 'ReadableStream' | 'TextEncoder'>,
  keepAliveMs?: number,
): ReadableStream<Uint8Array> =>
  keptAlive(
    {
      beginning: `\r\n--${BOUNDARY}`,
      texts: partsOf(results),
      silence: HEARTBEAT,
      leave: () => results.return?.(),
      keepAliveMs,
    },
    fetchAPI,
  );
