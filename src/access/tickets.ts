import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Unavailable } from '../platform/index.ts';
import type { Admission } from './admission.ts';
import { fromTicket, onTicket } from './ticket-text.ts';
import type { VisitKeys } from './visit-keys.ts';

/** What stands in a URL in place of a token: good for one request, within a minute. */
export interface Tickets {
  /** @throws {Unavailable} while Redis is away. */
  issue(admission: Admission): Promise<string>;
  /** As who asked for the ticket; null when there is no such ticket, or no longer. @throws {Unavailable} as `issue`. */
  redeem(ticket: string): Promise<Admission | null>;
}

/** How long a ticket is good for. */
export const TICKET_SECONDS = 60;
const TICKET_BYTES = 32;
const TICKET = /^[\w-]{43}$/;

/** Redis is not told the ticket itself: who reads its memory has no use for what is there. */
const placeOf = (ticket: string): string => `panier:ticket:${createHash('sha256').update(ticket).digest('base64url')}`;

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
});
