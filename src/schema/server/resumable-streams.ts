import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { MaskError } from '../mask-error.ts';
import type { Resumption } from '../subscriptions/resumption.ts';
import { forClient } from './client-stream.ts';
import { END_ID, eventStream } from './server-sent-events.ts';

interface Resumable {
  readonly resumption: Resumption;
}

const EVENT_STREAM = 'text/event-stream';

/** Not to be kept, compressed or gathered by what is on the way: an event is of use when it happens. */
const HEADERS = {
  'content-type': EVENT_STREAM,
  connection: 'keep-alive',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

const OF_NO_SUBSCRIPTION: Pick<Resumption, 'cursor'> = { cursor: null };

/** As an EventSource asks. What also takes JSON is given single results as such. */
const isAskedByEventSource = ({ headers }: Request): boolean => headers.get('accept') === EVENT_STREAM;

async function* only(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}

interface Marks {
  readonly http?: { readonly status?: number; readonly spec?: boolean };
  readonly unexpected?: boolean;
}

/** Whether Yoga answers with another status than 200, as where too many streams are open: no EventSource comes again then. */
const isRefused = ({ errors = [] }: ExecutionResult): boolean =>
  errors.some(({ extensions }) => {
    const { http, unexpected } = extensions as Marks;
    return http === undefined ? unexpected === true : http.spec !== true && http.status !== undefined;
  });

/**
 * Event streams that an EventSource can take up again: each update has its cursor as id, a Last-Event-ID counts for more than
 * `after`, and one that has seen the end is told so by a 204, for nothing else keeps it from coming again.
 * Source: html.spec.whatwg.org, "Server-sent events".
 */
export const resumableStreams = (mask: MaskError): Plugin<Resumable> => {
  const resumptions = new WeakMap<Request, Resumption>();

  return {
    onRequest: ({ request, endResponse, fetchAPI }) => {
      if (request.headers.get('last-event-id') !== END_ID || !isAskedByEventSource(request)) return;
      endResponse(new fetchAPI.Response(null, { status: 204 }));
    },
    onSubscribe: ({ args: { contextValue } }) => {
      resumptions.set(contextValue.request, contextValue.resumption);
    },
    onResultProcess: ({ request, result, resultProcessor, setResultProcessor }) => {
      const told = forClient(result as AsyncIterable<ExecutionResult> | ExecutionResult, mask);
      const isLive = Symbol.asyncIterator in told;
      if (resultProcessor === undefined) return;
      if (!isLive && (!isAskedByEventSource(request) || isRefused(told))) return;
      const resumption = resumptions.get(request) ?? OF_NO_SUBSCRIPTION;
      const streamed = { results: isLive ? told : only(told), resumption };
      setResultProcessor(
        (_result, fetchAPI) => new fetchAPI.Response(eventStream(streamed, fetchAPI), { headers: HEADERS }),
        EVENT_STREAM,
      );
    },
  };
};
