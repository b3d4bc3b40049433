import type { ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import { refused } from './document-limits.ts';

interface Asked {
  readonly res?: ServerResponse;
}

/** Its client has gone, or it waits behind another answer on the same connection: it would never say that it closes. */
const isOutOfReach = ({ destroyed, socket }: ServerResponse): boolean =>
  destroyed || socket === null || socket.destroyed;

/**
 * Begins no event stream of which nobody would hear that it ended: it would be counted, and kept, for ever. Before all that
 * count.
 */
export const reachableStreams: Plugin<Asked> = {
  onSubscribe: ({ args, setResultAndStopExecution }) => {
    const { res } = args.contextValue;
    if (res === undefined || !isOutOfReach(res)) return;
    const message = 'An event stream needs a connection that does nothing else: open one for it.';
    setResultAndStopExecution({ errors: [refused('BAD_REQUEST', message)] });
  },
};
