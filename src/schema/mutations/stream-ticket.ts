import { TICKET_SECONDS } from '../../access/index.ts';
import { SOMEBODY } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { resultUnion } from './result-union.ts';

interface Issued {
  readonly ticket: string;
  readonly expiresAtMs: number;
}

const StreamTicket = builder.objectRef<Issued>('StreamTicket').implement({
  description: "What stands in an event stream's URL in place of a token: …/graphql?ticket=…&query=subscription…",
  fields: (t) => ({
    ticket: t.exposeString('ticket', {
      description: 'Good for one stream, by whoever shows it first; that one goes on after a cut.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when it can be shown: for a minute. The stream that it opens lasts as long as the token.',
      resolve: ({ expiresAtMs }) => new Date(expiresAtMs).toISOString(),
    }),
  }),
});

const StreamTicketResult = resultUnion('StreamTicket', { of: StreamTicket, refusals: ['INVALID_INPUT'] });

export const streamTicket = (t: MutationFields) =>
  t.field({
    type: StreamTicketResult,
    access: SOMEBODY,
    description: "A ticket for an event stream of the viewer's, for a browser's EventSource, which sends no headers.",
    resolve: async (_root, _args, { access, admission }) => {
      const expiresAtMs = Date.now() + TICKET_SECONDS * 1_000;
      return { ticket: await access.tickets.issue(admission), expiresAtMs };
    },
  });
