import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Unavailable } from '../platform/index.ts';
import type { Admission } from './admission.ts';
import { fromTicket, onTicket } from './ticket-text.ts';
import type { VisitKeys } from './visit-keys.ts';

/** A ticket, and what the URL that it stands in asks for besides. */
export interface ShownTicket {
  readonly ticket: string;
  readonly stream: string;
}

/** What stands in a URL in place of a token: good for one stream, begun within a minute. */
export interface Tickets {
  /** @throws {Unavailable} while Redis is away. */
  issue(admission: Admission): Promise<string>;
  /** As who asked for the ticket; null when there is no such ticket, or no longer. @throws {Unavailable} as `issue`. */
  redeem(ticket: string): Promise<Admission | null>;
  /** What, shown with this ticket again, takes up this stream, and no other. */
  mark(admission: Admission, shown: ShownTicket): string;
  /** As who began the stream that this mark is of; null when it is of another, or nobody of panier's has made it. */
  resume(mark: string, shown: ShownTicket): Admission | null;
}

/** How long a ticket is good for. */
export const TICKET_SECONDS = 60;
const TICKET_BYTES = 32;
const TICKET = /^[\w-]{43}$/;

/** Redis is not told the ticket itself: who reads its memory has no use for what is there. */
const placeOf = (ticket: string): string => `panier:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;

/** Of no ticket's own entry: those begin with the place. */
const placeOfMark = ({ ticket, stream }: ShownTicket): string =>
  `again ${placeOf(ticket)} ${createHash('sha256').update(stream).digest('base64url')}`;

const away = (cause: unknown): never => {
  throw new Unavailable('Redis, which keeps the tickets, is away.', { cause });
};

export const openTickets = (redis: Redis, keys: VisitKeys): Tickets => ({
  issue: async (admission) => {
    const ticket = randomBytes(TICKET_BYTES).toString('base64url');
    const place = placeOf(ticket);
    await redis.set(place, onTicket(admission, place, keys.signing), 'EX', TICKET_SECONDS).catch(away);
    return ticket;
  },
  redeem: async (ticket) => {
    if (!TICKET.test(ticket)) return null;
    const place = placeOf(ticket);
    const kept = await redis.getdel(place).catch(away);
    return kept === null ? null : fromTicket(kept, place, (kid) => keys.find(kid));
  },
  // Nothing is kept of it: as many streams as there are would fill Redis for as long as their tokens are good.
  mark: (admission, shown) => Buffer.from(onTicket(admission, placeOfMark(shown), keys.signing)).toString('base64url'),
  resume: (mark, shown) =>
    fromTicket(Buffer.from(mark, 'base64url').toString(), placeOfMark(shown), (kid) => keys.find(kid)),
});
