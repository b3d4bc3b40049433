import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ADMITTED_AS_NOBODY,
  type Admission,
  credentialsIn,
  type PageSignIn,
  refusalAtGate,
  Unauthenticated,
} from '../../access/index.ts';
import type { Answering, AnsweringTo } from './answering.ts';
import type { Entrance } from './entrance.ts';
import { isOwnPage } from './own-page.ts';
import { refuseRequest } from './refusal.ts';
import { takeTicket } from './take-ticket.ts';

const NO_STREAM = 'A ticket opens an event stream: GET, with accept: text/event-stream.';

/** No upgrade does: over a WebSocket, whoever saw the URL could do more than watch, and ask for the next ticket. */
const opensStream = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.upgrade === undefined && headers.accept?.includes('text/event-stream') === true;

/** Who sends a request, or an upgrade. @throws {Unauthenticated} and {Unavailable}, at once or later */
export const admit = ({ gate, page }: Entrance, request: IncomingMessage): Admission | Promise<Admission> => {
  const ticket = takeTicket(request);
  if (ticket !== null && !opensStream(request)) throw new Unauthenticated(NO_STREAM);
  const shown = ticket === null ? null : { ticket, stream: request.url ?? '' };
  return gate.admit(credentialsIn(request.headers, { cookieName: page?.cookieName ?? null, ticket: shown }));
};

/** Asks every request who it is before anything reads what it wants. A token that is known takes no turn of the event loop. */
export const admitting = (entrance: Entrance, answer: AnsweringTo): Answering => {
  const signIn = async (page: PageSignIn, request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    response.setHeader('set-cookie', await page.newCookie());
    response.setHeader('cache-control', 'no-store');
    return answer(request, response, { body: null, admission: ADMITTED_AS_NOBODY });
  };
  return (request, response, body) => {
    const { page } = entrance;
    if (page !== null && isOwnPage(request)) return signIn(page, request, response);
    try {
      const admission = admit(entrance, request);
      if (!(admission instanceof Promise)) return answer(request, response, { body, admission });
      return admission.then(
        (admitted) => answer(request, response, { body, admission: admitted }),
        (error: unknown) => refuseRequest(response, refusalAtGate(error)),
      );
    } catch (error) {
      return refuseRequest(response, refusalAtGate(error));
    }
  };
};
