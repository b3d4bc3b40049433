import type { IncomingMessage, ServerResponse } from 'node:http';
import { guarded, ignored, type Logger } from '../platform/index.ts';

/** One line for each request that was answered, at level debug. */
export const logRequests =
  (logger: Logger) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    if (!logger.isLevelEnabled('debug')) return;
    const startedMs = performance.now();
    const done = guarded(() => {
      const durationMs = Math.round(performance.now() - startedMs);
      // Without the query string: that of a GET holds what was asked.
      const path = request.url?.split('?')[0];
      logger.debug({ method: request.method, path, status: response.statusCode, durationMs }, 'Request');
    }, ignored);
    response.once('close', done);
  };
