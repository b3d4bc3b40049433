import type { IncomingHttpHeaders } from 'node:http';
import { isSameOrigin } from './same-origin.ts';
import { markIn } from './stream-mark.ts';
import type { ShownTicket } from './tickets.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** What a request, or a WebSocket, shows of who sends it. */
export type Credentials =
  | { readonly kind: 'None' }
  | { readonly kind: 'Bearer'; readonly token: string }
  /** The cookie of a page of this panier's, sent by that page. */
  | { readonly kind: 'Cookie'; readonly token: string }
  /** Of a URL, for those who cannot send headers. */
  | ({ readonly kind: 'Ticket'; readonly mark: string | null } & ShownTicket);

const NONE: Credentials = { kind: 'None' };

/** Source: RFC 6750, section 2.1. */
const BEARER = /^Bearer +([\w~+/.-]+=*) *$/i;

const bearerOf = (authorization: unknown): Credentials => {
  const token = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
  if (token === undefined) throw new Unauthenticated('authorization has to be "Bearer", a space and a token.');
  return { kind: 'Bearer', token };
};

const lastEventId = ({ 'last-event-id': id }: IncomingHttpHeaders): string | undefined =>
  typeof id === 'string' ? id : undefined;

const cookieOf = (cookies: string, name: string): string | undefined =>
  cookies
    .split(/; */)
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** Where else credentials may be. */
interface Beside {
  /** Of the page's own cookie; null: there is none. */
  readonly cookieName: string | null;
  /** Of the URL. */
  readonly ticket: ShownTicket | null;
}

/**
 * What the headers of a request, or of an upgrade, show. A browser sends a cookie along with whatever any page asks: so
 * it counts only for the page that it was given to.
 * @throws {Unauthenticated} when they show something else than a bearer token
 */
export const credentialsIn = (headers: IncomingHttpHeaders, { cookieName, ticket }: Beside): Credentials => {
  if (headers.authorization !== undefined) return bearerOf(headers.authorization);
  if (ticket !== null) return { kind: 'Ticket', ...ticket, mark: markIn(lastEventId(headers)) };
  if (cookieName === null || headers.cookie === undefined || !isSameOrigin(headers)) return NONE;
  const token = cookieOf(headers.cookie, cookieName);
  return token === undefined ? NONE : { kind: 'Cookie', token };
};

/** What a WebSocket's `connection_init` shows: `authorization`, as the header. @throws {Unauthenticated} as {@link credentialsIn} */
export const credentialsSaid = (params: Readonly<Record<string, unknown>> | undefined): Credentials => {
  const [, authorization] = Object.entries(params ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return authorization === undefined || authorization === null ? NONE : bearerOf(authorization);
};
