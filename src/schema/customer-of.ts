import { isId } from '../events/index.ts';
import type { GatewayContext } from './context.ts';

interface Belonging {
  readonly customerId: string | null;
  readonly sessionId: string | null;
}

/**
 * The customer whose a cart or an order is, as whoever reaches it may know: what a customer reaches is theirs, and of what a
 * visitor reaches nobody has claimed the visit; for all others that is looked up.
 */
export const customerOf = async (
  { viewer, batches }: GatewayContext,
  { customerId, sessionId }: Belonging,
): Promise<string | null> => {
  if (customerId !== null || sessionId === null || !isId('Visit', sessionId) || viewer.kind === 'Visitor')
    return customerId;
  if (viewer.kind === 'Customer') return viewer.customerId;
  return (await batches.claimedVisits.load(sessionId))?.customerId ?? null;
};
