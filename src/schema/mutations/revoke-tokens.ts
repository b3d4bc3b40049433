import type { Revocation } from '../../access/index.ts';
import { type Allowed, CUSTOMER_ID_ALLOWED, isCustomerId, type Rejection } from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { resultUnion } from './result-union.ts';

/** Clocks of machines differ. */
const AHEAD_MS = 5_000;
const SECOND_MS = 1_000;

const RevokedTokens = builder.objectRef<Revocation>('RevokedTokens').implement({
  description: 'What is revoked of a subject.',
  fields: (t) => ({
    sub: t.exposeID('subject', { description: 'Whose tokens.' }),
    before: t.field({
      type: 'DateTime',
      description: 'Those that were issued before. Later than what was asked for when more had been revoked already.',
      resolve: ({ issuedBeforeMs }) => new Date(issuedBeforeMs).toISOString(),
    }),
  }),
});

const RevokeTokensResult = resultUnion('RevokeTokens', { of: RevokedTokens, refusals: ['INVALID_INPUT'] });

const invalid = (path: 'sub' | 'before', message: string, allowed: Allowed): Result<never, Rejection> =>
  err({ code: 'INVALID_INPUT', message, path: [path], allowed });

// Tokens say when they were issued by the second: one of this very second is meant, too.
const endOfSecond = (ms: number): number => Math.floor(ms / SECOND_MS + 1) * SECOND_MS;

const readRevocation = (subject: string, before: string | null | undefined): Result<Revocation, Rejection> => {
  if (!isCustomerId(subject))
    return invalid('sub', 'sub: the subject of tokens is 1 to 200 visible characters of ASCII.', CUSTOMER_ID_ALLOWED);
  const nowMs = Date.now();
  const issuedBeforeMs = before == null ? endOfSecond(nowMs) : Date.parse(before);
  if (issuedBeforeMs <= nowMs + AHEAD_MS) return ok({ subject, issuedBeforeMs });
  const now = new Date(nowMs).toISOString();
  const message = `before: ${before} is to come, and would refuse tokens that are yet to be issued: say at most ${now}.`;
  return invalid('before', message, { type: 'string', format: 'date-time' });
};

export const revokeTokens = (t: MutationFields) =>
  t.field({
    type: RevokeTokensResult,
    access: holders('repair'),
    description:
      'Tokens of that subject that were issued before that instant are refused from now on, and what is open with them is closed within a second. They may be anything that panier accepts: tokens of visitors, too.',
    args: {
      sub: t.arg.id({ required: true, description: "The tokens' subject: a customer's id, a visitor's (visit_…) …" }),
      before: t.arg({
        type: 'DateTime',
        description: 'The end of this second, when it is left out. Not in the future.',
      }),
    },
    resolve: async (_root, { sub, before }, { access }) => {
      const revocation = readRevocation(sub, before);
      return revocation.ok ? access.revocations.revoke(revocation.value) : revocation.error;
    },
  });
