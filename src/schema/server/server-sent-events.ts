import type { ExecutionResult } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import { markedId } from '../../access/index.ts';
import type { Resumption } from '../subscriptions/resumption.ts';
import { keptAlive } from './kept-alive.ts';
import { unmarked } from './unmarked.ts';

/** The results of an operation, as a stream of server-sent events, and where each leaves its client. */
export interface Streamed {
  readonly results: AsyncIterator<ExecutionResult>;
  readonly resumption: Pick<Resumption, 'cursor'>;
  /** Of who came by a ticket. */
  readonly mark?: string | undefined;
}

/** The last id of a stream that is over for good. No cursor reads so. */
export const END_ID = 'complete';

const RETRY_MS = 1_000;

/** What may be otherwise when it is asked for again. */
const PASSING: ReadonlySet<unknown> = new Set(['CONFLICT', 'RATE_LIMITED', 'READ_TIMEOUT', 'UNAVAILABLE']);

const idLine = (id: string | null): string => (id === null ? '' : `id: ${id}\n`);

// Without an event: to say it is to have it kept, and nobody is called. Source: html.spec.whatwg.org, "Interpreting an event stream".
const beginning = (id: string | null): string => `retry: ${RETRY_MS}\n${idLine(id)}\n`;

const nextEvent = ({ errors, ...result }: ExecutionResult, id: string | null): string => {
  const told = errors === undefined ? result : { ...result, errors: errors.map(unmarked) };
  return `event: next\ndata: ${JSON.stringify(told)}\n${idLine(id)}\n`;
};

const completeEvent = (id: string | null): string => `event: complete\ndata:\n${idLine(id)}\n`;

const mayPass = ({ errors = [] }: ExecutionResult): boolean =>
  errors.some(({ extensions }) => PASSING.has(extensions['code']));

/** What is sent of each result, and at the end: an end without an id is one after which an EventSource comes again. */
async function* eventsOf({ results, resumption, mark }: Streamed): AsyncGenerator<string> {
  let comesAgain = false;
  for (;;) {
    const next = await results.next();
    if (next.done === true) break;
    comesAgain = mayPass(next.value);
    const { cursor } = resumption;
    yield nextEvent(next.value, cursor && markedId(cursor, mark ?? null));
  }
  yield completeEvent(comesAgain ? null : END_ID);
}

/** The events of a stream, and a comment whenever there was none for a while. */
export const eventStream = (
  streamed: Streamed,
  fetchAPI: Pick<FetchAPI, 'ReadableStream' | 'TextEncoder'>,
  keepAliveMs?: number,
): ReadableStream<Uint8Array> =>
  keptAlive(
    {
      beginning: beginning(markedId(streamed.resumption.cursor, streamed.mark ?? null)),
      texts: eventsOf(streamed),
      silence: ':\n\n',
      leave: () => streamed.results.return?.(),
      keepAliveMs,
    },
    fetchAPI,
  );
