/** How much one process takes on at the same time. Whoever comes beyond that is refused, so that the others stay served. */
export interface ConnectionLimits {
  readonly sockets: number;
  /** Operations under way on one WebSocket. */
  readonly operationsPerSocket: number;
  /** Answers that are streams of server-sent events. */
  readonly eventStreams: number;
}

const { POSITIVE_INFINITY: NONE } = Number;
export const UNLIMITED: ConnectionLimits = { sockets: NONE, operationsPerSocket: NONE, eventStreams: NONE };

/** With `retry-after`, in seconds: long enough for a crowd that was cut off together to come back one after the other. */
export const FULL_HEADERS = { 'retry-after': '5' } as const;

export const fullOf = (what: string, limit: number): string =>
  `This process serves as many ${what} as it may (${limit}): try again in a few seconds.`;
