import type { Visit as StartedVisit } from '../../access/index.ts';
import { ANYBODY } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { resultUnion } from './result-union.ts';

const Visit = builder.objectRef<StartedVisit>('Visit').implement({
  description: 'A visitor, who has not said who they are: what they do with the token is theirs alone.',
  fields: (t) => ({
    visitorId: t.exposeID('visitorId', { description: 'Who the visitor is from now on (visit_…).' }),
    token: t.exposeString('token', {
      description: 'What the visitor shows from now on: authorization: Bearer … It is a secret of theirs.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'Until when the token is good: 30 days.',
      resolve: ({ expiresAtMs }) => new Date(expiresAtMs).toISOString(),
    }),
  }),
});

const StartVisitResult = resultUnion('StartVisit', { of: Visit, refusals: ['INVALID_INPUT'] });

export const startVisit = (t: MutationFields) =>
  t.field({
    type: StartVisitResult,
    access: ANYBODY,
    description:
      'Makes a visitor of nobody. Needs no token, and answers with one: keep it, for carts and orders made with it are reached by no other.',
    resolve: (_root, _args, { access }) => access.visits.start(),
  });
