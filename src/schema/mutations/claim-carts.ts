import type { KnownVisit } from '../../access/index.ts';
import type { Rejection } from '../../events/index.ts';
import { Unavailable } from '../../platform/index.ts';
import type { ClaimedCarts as Claimed } from '../../write/index.ts';
import { CUSTOMERS } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { commandContext, type GatewayContext } from '../context.ts';
import { Cart } from '../types/cart.ts';
import { resultUnion } from './result-union.ts';

const ClaimedCarts = builder.objectRef<Claimed>('ClaimedCarts').implement({
  description: "The customer's open carts after a claim.",
  fields: (t) => ({
    cart: t.field({
      type: Cart,
      nullable: true,
      description:
        "The one to go on with: the customer's newest, with the lines of the visit's open carts in it; null when nothing is open.",
      resolve: ({ cart }) => cart,
    }),
    otherCarts: t.field({
      type: [Cart],
      description:
        'Others that are open and have items, the newest first: of another currency, or too full for their lines to go into one cart. None is ever merged in part.',
      resolve: ({ otherCarts }) => [...otherCarts],
    }),
  }),
});

const ClaimCartsResult = resultUnion('ClaimCarts', { of: ClaimedCarts, refusals: ['INVALID_INPUT', 'VISIT_CLAIMED'] });

const VISITOR_TOKEN = ['visitorToken'];

const NO_VISIT: Rejection = {
  code: 'INVALID_INPUT',
  message: 'visitorToken is no token that startVisit gave out, or its 30 days are over: start a new visit.',
  path: VISITOR_TOKEN,
};

const REVOKED: Rejection = {
  code: 'INVALID_INPUT',
  message: 'visitorToken was revoked before anybody had claimed the visit: start a new visit.',
  path: VISITOR_TOKEN,
};

const SECOND_MS = 1_000;
/** How long an answer waits for the read side. */
const PATIENCE_MS = 1_000;

/** Whoever has the browser next is not to see what is the customer's now. */
const revokeTokenOf = ({ access }: GatewayContext, { visitorId, issuedAtSeconds }: KnownVisit) => {
  // Whose clock is ahead has issued it in what is the future here.
  const issuedBeforeMs = Math.max(Date.now(), issuedAtSeconds * SECOND_MS) + 1;
  return access.revocations.revoke({ subject: visitorId, issuedBeforeMs });
};

/** So that what the customer asks next is answered out of it; the claim itself is on disk. */
const awaitReadSide = async ({ read }: GatewayContext, aggregateId: string, reached: number): Promise<void> => {
  try {
    await read.awaitConsistency({ aggregateId, measure: 'Version', reached }, PATIENCE_MS);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
  }
};

/** By a claim each token is revoked in the end; one that was revoked before may be in the wrong hands. */
const isTakenBack = async ({ access, write }: GatewayContext, visit: KnownVisit): Promise<boolean> =>
  access.revocations.isRevoked(visit.visitorId, visit.issuedAtSeconds) &&
  (await write.claimantOf(visit.visitorId)) === null;

const claim = async (context: GatewayContext, visit: KnownVisit, customerId: string): Promise<Claimed | Rejection> => {
  const { visitorId } = visit;
  const result = await context.write.claimCarts({ visitorId, customerId }, commandContext(context, {}));
  if (!result.ok) return { ...result.error, path: VISITOR_TOKEN };
  const { cart } = result.value;
  // What a cart gained has left the others in the same append: the read side must not show it nowhere, or twice.
  const known = cart === null ? null : awaitReadSide(context, cart.id, cart.version);
  await Promise.all([revokeTokenOf(context, visit), awaitReadSide(context, visitorId, 1), known]);
  return result.value;
};

export const claimCarts = (t: MutationFields) =>
  t.field({
    type: ClaimCartsResult,
    access: CUSTOMERS,
    description:
      "Makes all carts and orders of a visit the customer's, for good, and moves the lines of its open carts into the customer's own: a product that both have adds up. Nothing is lost and nothing doubled however often it is called, and by however many at once. The visitor's token ends with it.",
    args: {
      visitorToken: t.arg.string({ required: true, description: 'What startVisit answered with.' }),
    },
    resolve: async (_root, { visitorToken }, context) => {
      const { access, viewer } = context;
      const visit = await access.visits.verify(visitorToken);
      if (visit === null || viewer.kind !== 'Customer') return NO_VISIT;
      // This very mutation may have revoked it, when its answer was lost.
      if (await isTakenBack(context, visit)) return REVOKED;
      return claim(context, visit, viewer.customerId);
    },
  });
