import type { IncomingMessage } from 'node:http';

/**
 * The ticket in the URL of a request, which is taken out of it: from here on nobody can log it, or hand it on. Null when
 * there is none.
 */
export const takeTicket = (request: IncomingMessage): string | null => {
  const { url = '' } = request;
  if (!url.includes('ticket=')) return null;
  const [path = '', search] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(search);
  const ticket = parameters.get('ticket');
  parameters.delete('ticket');
  const rest = parameters.toString();
  request.url = rest === '' ? path : `${path}?${rest}`;
  return ticket;
};
