import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { targetOf } from '../../http/index.ts';

const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

const isLoopbackAddress = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address);

const isLoopbackName = (host: string | null): boolean => {
  const name = host?.replaceAll(/^\[|\]$/g, '') ?? '';
  return isIP(name) === 0 ? name === 'localhost' || name.endsWith('.localhost') : isLoopbackAddress(name);
};

/** Where operators look: GraphiQL, and the console with all its paths. */
const OPERATORS_PAGES = /^\/(?:graphql|console(?:\/.*)?)$/;

/**
 * Whether a browser on this very machine asks for a page of operators'. A proxy's requests come from this machine, too:
 * what was forwarded is somebody else's.
 */
export const isOwnPage = (request: IncomingMessage): boolean => {
  const { method, headers, socket } = request;
  if (method !== 'GET' || headers.accept?.includes('text/html') !== true) return false;
  const target = targetOf(request);
  return (
    target !== null &&
    OPERATORS_PAGES.test(target.path) &&
    isLoopbackName(target.host) &&
    isLoopbackAddress(socket.remoteAddress ?? '') &&
    FORWARDED.every((name) => headers[name] === undefined)
  );
};
