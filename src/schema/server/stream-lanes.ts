import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const SERVER_SENT = /^(?:text|\*)\/(?:event-stream|\*)\s*(?:;|$)/;
const IN_PARTS = /^multipart\/mixed\s*;.*\bsubscriptionspec\s*=\s*"?1\.0"?/;

/** As what a subscription is streamed over HTTP; null: its client takes neither. */
export type StreamLane = 'ServerSentEvents' | 'Multipart';

/** What the request takes, of what there is. Server-sent events first: those can be resumed. */
export const streamLaneOf = ({ headers }: Pick<Request, 'headers'>): StreamLane | null => {
  const accepted = (headers.get('accept') || '*/*').toLowerCase().split(',');
  const takes = (type: RegExp): boolean => accepted.some((each) => type.test(each.trim()));
  if (takes(SERVER_SENT)) return 'ServerSentEvents';
  return takes(IN_PARTS) ? 'Multipart' : null;
};

const MESSAGE =
  'A subscription is streamed: accept text/event-stream, or multipart/mixed;subscriptionSpec=1.0, or use a WebSocket (graphql-transport-ws).';

const notAcceptable = (): GraphQLError =>
  new GraphQLError(MESSAGE, { extensions: { code: 'BAD_REQUEST', http: { status: 406 } } });

/** Begins no subscription whose client could not be told of it. */
export const acceptableStreams: Plugin = {
  onSubscribe: ({ args, setResultAndStopExecution }) => {
    const { request } = args.contextValue;
    if (request === undefined || streamLaneOf(request) !== null) return;
    setResultAndStopExecution({ errors: [notAcceptable()] });
  },
};
