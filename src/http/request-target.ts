import type { IncomingMessage } from 'node:http';

/** Where a request goes, and what else of its target is asked. */
export interface Target {
  readonly path: string;
  /** Path and query, as Node gives them for a request in origin-form. */
  readonly url: string;
  /** The host that the client means, without a port; null when it names none, as HTTP/1.0 may. */
  readonly host: string | null;
}

// No "/" and nothing after it: a Host names a host, and is put before a path.
const HOST = /^[^\s/?#@\\]+$/;
// What nearly every request has: it reads the same when it is parsed, which costs some microseconds.
const PLAIN_TARGET = /^\/(?:\w[\w/-]*)?$/;
const PLAIN_HOST = /^([a-z\d]+(?:[.-][a-z\d]+)*)(?::(?:\d{1,4}|[1-5]\d{4}|6[0-4]\d{3}))?$/;

const plainTargetOf = ({ url = '', headers: { host = '' } }: IncomingMessage): Target | null => {
  const name = PLAIN_HOST.exec(host)?.[1];
  return name !== undefined && PLAIN_TARGET.test(url) ? { path: url, url, host: name } : null;
};

const originOf = ({ headers: { host } }: IncomingMessage): string | null => {
  // HTTP/1.0 needs no Host; Node refuses HTTP/1.1 without one.
  if (host === undefined) return 'http://localhost';
  return HOST.test(host) ? `http://${host}` : null;
};

/** `//x/y` names another host wherever it is resolved; of an absolute-form, origin and rest are taken apart. */
const absoluteOf = (target: string, origin: string): string | null => {
  if (/^https?:\/\//i.test(target)) return target;
  return target.startsWith('/') && !target.startsWith('//') ? origin + target : null;
};

/**
 * Where the request goes; null when its target, or its Host, cannot be read. The one place that parses either: it cannot
 * throw, whatever a stranger sends. Source: RFC 9112, section 3.2.
 */
export const targetOf = (request: IncomingMessage): Target | null => {
  const plain = plainTargetOf(request);
  if (plain !== null) return plain;
  const origin = originOf(request);
  const absolute = origin && absoluteOf(request.url ?? '', origin);
  const parsed = absolute && URL.parse(absolute);
  if (!parsed || URL.parse(origin) === null) return null;
  const { pathname: path, search, hostname } = parsed;
  return { path, url: path + search, host: request.headers.host === undefined ? null : hostname };
};
