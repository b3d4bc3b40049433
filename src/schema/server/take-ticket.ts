import type { IncomingMessage } from 'node:http';

// However its name is written: whoever reads the rest would take it for one.
const ticketIn = (part: string): string | null => new URLSearchParams(part).get('ticket');

/**
 * The ticket in the URL of a request, which is taken out of it: from here on nobody can log it, or hand it on. Null when
 * there is none, and the first when there are several.
 */
export const takeTicket = (request: IncomingMessage): string | null => {
  const { url = '' } = request;
  const start = url.indexOf('?');
  if (start === -1) return null;
  const parts = url.slice(start + 1).split('&');
  const ticket = parts.map(ticketIn).find((each) => each !== null) ?? null;
  if (ticket === null) return null;
  const rest = parts.filter((part) => ticketIn(part) === null);
  request.url = url.slice(0, start) + (rest.length === 0 ? '' : `?${rest.join('&')}`);
  return ticket;
};
