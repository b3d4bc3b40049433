import { malformed, Refused } from './read-change.ts';
import { problem } from './reply.ts';

/** What a request is about. */
export type Route =
  | { readonly type: 'Read'; readonly productId: string }
  | { readonly type: 'Change'; readonly productId: string; readonly direction: 'reduce' | 'increase' };

const READ = /^\/stock\/products\/([^/]+)$/;
const CHANGE = /^\/stock\/products\/([^/]+)\/stock\/(reduce|increase)$/;

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw malformed('The product id in the path is not percent-encoded as it should be.');
  }
};

const assertMethod = (method: string, allowed: string): void => {
  if (method === allowed) return;
  const detail = `Ask with ${allowed}.`;
  throw new Refused(problem({ status: 405, title: 'Method not allowed', detail, headers: { allow: allowed } }));
};

/** @throws {Refused} */
export const routeOf = (method: string, path: string): Route => {
  const [, read] = READ.exec(path) ?? [];
  if (read !== undefined) {
    assertMethod(method, 'GET');
    return { type: 'Read', productId: decoded(read) };
  }
  const [, changed, direction] = CHANGE.exec(path) ?? [];
  if (changed === undefined) throw new Refused(problem({ status: 404, title: 'Not found', detail: 'No such path.' }));
  assertMethod(method, 'PUT');
  return { type: 'Change', productId: decoded(changed), direction: direction === 'reduce' ? 'reduce' : 'increase' };
};
