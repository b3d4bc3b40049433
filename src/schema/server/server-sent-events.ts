import type { ExecutionResult } from 'graphql';
import type { FetchAPI } from 'graphql-yoga';
import { guarded, ignored } from '../../platform/index.ts';
import type { Resumption } from '../subscriptions/resumption.ts';
import { unmarked } from './unmarked.ts';

/** The results of an operation, as a stream of server-sent events, and where each leaves its client. */
export interface Streamed {
  readonly results: AsyncIterator<ExecutionResult>;
  readonly resumption: Pick<Resumption, 'cursor'>;
}

/** The last id of a stream that is over for good. No cursor reads so. */
export const END_ID = 'complete';

const RETRY_MS = 1_000;

/** Proxies cut connections that are silent for a minute, some for half of it. */
const KEEP_ALIVE_MS = 12_000;

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
async function* eventsOf({ results, resumption }: Streamed): AsyncGenerator<string> {
  let comesAgain = false;
  for (;;) {
    const next = await results.next();
    if (next.done === true) break;
    comesAgain = mayPass(next.value);
    yield nextEvent(next.value, resumption.cursor);
  }
  yield completeEvent(comesAgain ? null : END_ID);
}

/** The events of a stream, one for each that is asked for, and a comment whenever there was none for a while. */
export const eventStream = (
  streamed: Streamed,
  { ReadableStream, TextEncoder }: Pick<FetchAPI, 'ReadableStream' | 'TextEncoder'>,
  keepAliveMs = KEEP_ALIVE_MS,
): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  const events = eventsOf(streamed);
  let timer: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(encoder.encode(beginning(streamed.resumption.cursor)));
      const keepAlive = (): void => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'));
      };
      timer = setInterval(guarded(keepAlive, ignored), keepAliveMs);
    },
    pull: async (controller) => {
      const next = await events.next();
      if (next.done !== true) return controller.enqueue(encoder.encode(next.value));
      clearInterval(timer);
      return controller.close();
    },
    cancel: async () => {
      clearInterval(timer);
      await streamed.results.return?.();
    },
  });
};
