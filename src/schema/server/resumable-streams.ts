import type { ExecutionResult } from 'graphql';
import type { FetchAPI, Plugin } from 'graphql-yoga';
import type { Admission } from '../../access/index.ts';
import type { MaskError } from '../mask-error.ts';
import type { Resumption } from '../subscriptions/resumption.ts';
import { forClient } from './client-stream.ts';
import { MULTIPART_TYPE, multipartStream } from './multipart-stream.ts';
import { END_ID, eventStream, type Streamed } from './server-sent-events.ts';
import { streamLaneOf } from './stream-lanes.ts';

interface Resumable {
  readonly resumption: Resumption;
  readonly admission: Pick<Admission, 'mark'>;
}

const EVENT_STREAM = 'text/event-stream';

/** Not to be kept, compressed or gathered by what is on the way: an event is of use when it happens. */
const HEADERS = {
  connection: 'keep-alive',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;

const OF_NO_SUBSCRIPTION = { resumption: { cursor: null } };

/** As an EventSource asks. What also takes JSON is given single results as such. */
const isAskedByEventSource = ({ headers }: Request): boolean => headers.get('accept') === EVENT_STREAM;

async function* only(result: ExecutionResult): AsyncGenerator<ExecutionResult> {
  yield result;
}

interface Marks {
  readonly http?: {
    readonly status?: number;
    readonly spec?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly unexpected?: boolean;
}

interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** With which status, other than 200, Yoga answers, as where too many streams are open; null: with 200. */
const refusalIn = ({ errors = [] }: ExecutionResult): Refusal | null => {
  for (const { extensions } of errors) {
    const { http, unexpected } = extensions as Marks;
    if (http?.status !== undefined && http.spec !== true) return { status: http.status, headers: http.headers ?? {} };
    if (http === undefined && unexpected === true) return { status: 500, headers: {} };
  }
  return null;
};

const headersOf = (type: string) => ({ ...HEADERS, 'content-type': type });

type Told = AsyncIterableIterator<ExecutionResult> | ExecutionResult;

/** A subscription in parts; also what is refused, to who takes nothing but parts. */
const inParts =
  (told: Told) =>
  (_result: unknown, fetchAPI: FetchAPI): Response => {
    const isLive = Symbol.asyncIterator in told;
    const { status = 200, headers = {} } = (isLive ? null : refusalIn(told)) ?? {};
    const body = multipartStream(isLive ? told : only(told), fetchAPI);
    return new fetchAPI.Response(body, { status, headers: { ...headers, ...headersOf(MULTIPART_TYPE) } });
  };

/**
 * Event streams that an EventSource can take up again: each update has its cursor as id, a Last-Event-ID counts for more than
 * `after`, and one that has seen the end is told so by a 204, for nothing else keeps it from coming again.
 * Source: html.spec.whatwg.org, "Server-sent events".
 */
export const resumableStreams = (mask: MaskError): Plugin<Resumable> => {
  const begun = new WeakMap<Request, Omit<Streamed, 'results'>>();

  return {
    onRequest: ({ request, endResponse, fetchAPI }) => {
      if (request.headers.get('last-event-id') !== END_ID || !isAskedByEventSource(request)) return;
      endResponse(new fetchAPI.Response(null, { status: 204 }));
    },
    onSubscribe: ({ args: { contextValue } }) => {
      const { request, resumption, admission } = contextValue;
      begun.set(request, { resumption, mark: admission.mark });
    },
    onResultProcess: ({ request, result, resultProcessor, setResultProcessor }) => {
      const told = forClient(result as AsyncIterable<ExecutionResult> | ExecutionResult, mask);
      const isLive = Symbol.asyncIterator in told;
      if (streamLaneOf(request) === 'Multipart' && (isLive || resultProcessor === undefined))
        return setResultProcessor(inParts(told), MULTIPART_TYPE);
      if (resultProcessor === undefined) return;
      if (!isLive && (!isAskedByEventSource(request) || refusalIn(told) !== null)) return;
      const streamed = { ...(begun.get(request) ?? OF_NO_SUBSCRIPTION), results: isLive ? told : only(told) };
      setResultProcessor(
        (_result, fetchAPI) =>
          new fetchAPI.Response(eventStream(streamed, fetchAPI), { headers: headersOf(EVENT_STREAM) }),
        EVENT_STREAM,
      );
    },
  };
};
