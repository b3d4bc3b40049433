import { type Admitted, admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { parseId, type VisitId } from '../../events/index.ts';
import { err, ok } from '../../platform/index.ts';
import { cartAggregate } from '../cart/cart.ts';
import { type CartSnapshot, SHOWN_CART } from '../cart/cart-snapshot.ts';
import { mergeCart } from '../cart/merge-cart.ts';
import { NOTHING } from '../execution/aggregate.ts';
import { type Answered, type Execute, runCommand } from '../execution/run-command.ts';
import type { JournalStore } from '../journal/journal-store.ts';
import type { FoundCart } from '../journal/open-carts.ts';
import { type Candidate, cartToShow, type Merge, planMerges } from './plan-merges.ts';
import { claimVisit, visitAggregate } from './visit.ts';

/** What a customer has open after a claim. */
export interface ClaimedCarts {
  /** The one to go on with; null when nothing is open. */
  readonly cart: CartSnapshot | null;
  /** With items, the newest first: what did not go into the first. */
  readonly otherCarts: readonly CartSnapshot[];
}

export interface VisitCommands {
  /**
   * The carts and orders of the visit become the customer's, all at once; then the lines of its open carts go into the
   * customer's own. Again, it does what is left to do. It keeps no answer: every call answers with what is open now.
   */
  claimCarts(command: CommandInput<'claimCarts'>, context: CommandContext): Answered<ClaimedCarts>;
  /** Which customer has claimed the visit; null: none has. */
  claimantOf(visitorId: VisitId): Promise<string | null>;
}

export interface ClaimParts extends Execute {
  readonly openCartsOf: JournalStore['openCartsOf'];
}

type Claim = Admitted<'claimCarts'>;

const FRESH = { maxAgeMs: 0 };
const KNOWN = { maxAgeMs: Number.POSITIVE_INFINITY };
/** What comes by others' hands between looking and merging is looked for again, but not for ever. */
const MAX_ROUNDS = 10;

const candidateOf = async (
  { aggregates }: ClaimParts,
  { id: found, visitorId }: FoundCart,
  claim: Claim,
): Promise<readonly Candidate[]> => {
  const id = parseId('Cart', found);
  if (id === null) return [];
  const cart = await aggregates.load(cartAggregate, id, FRESH);
  const { state } = cart;
  return state.status === 'Open'
    ? [{ id, cart: { ...cart, state }, isOfVisit: visitorId === claim.input.visitorId }]
    : [];
};

const candidatesOf = async (parts: ClaimParts, claim: Claim): Promise<readonly Candidate[]> => {
  const found = await parts.openCartsOf(claim.input.customerId);
  return (await Promise.all(found.map((each) => candidateOf(parts, each, claim)))).flat();
};

/** Both carts in one append: the lines leave the one as they come into the other. */
const merge = async (parts: ClaimParts, claim: Claim, { sourceId, targetId }: Merge): Promise<void> => {
  const { state } = await parts.aggregates.load(visitAggregate, claim.input.visitorId, KNOWN);
  await parts.executor.run({
    aggregate: cartAggregate,
    id: sourceId,
    secondId: targetId,
    decide: (source, target) => ok(target === null ? NOTHING : mergeCart(source, target)),
    request: null,
    causationId: state.status === 'Claimed' ? state.eventId : null,
    traceparent: claim.traceparent,
    deadline: claim.deadline,
  });
};

/** What is open once nothing of the visit's is left to be merged. */
const mergeAll = async (parts: ClaimParts, claim: Claim): Promise<readonly Candidate[]> => {
  let candidates = await candidatesOf(parts, claim);
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const merges = planMerges(candidates);
    if (merges.length === 0) break;
    for (const each of merges) await merge(parts, claim, each);
    candidates = await candidatesOf(parts, claim);
  }
  return candidates;
};

const shown = (candidates: readonly Candidate[], customerId: string): ClaimedCarts => {
  const first = cartToShow(candidates);
  const others = candidates.filter((each) => each !== first && each.cart.state.items.length > 0);
  const snapshots = (of: readonly Candidate[]): readonly CartSnapshot[] =>
    of.flatMap(({ cart }) => SHOWN_CART.snapshot(cart) ?? []).map((cart) => ({ ...cart, customerId }));
  return { cart: snapshots(first === null ? [] : [first])[0] ?? null, otherCarts: snapshots(others) };
};

const openClaimCarts =
  (parts: ClaimParts): VisitCommands['claimCarts'] =>
  async (given, context) => {
    const command = admit('claimCarts', given, context);
    if (!command.ok) return command;
    const { visitorId, customerId } = command.value.input;
    const decide = (visit: Parameters<typeof claimVisit>[0]) => claimVisit(visit, customerId);
    const work = { aggregate: visitAggregate, command: { ...command.value, request: null }, id: visitorId, decide };
    const claimed = await runCommand(parts, work);
    if (!claimed.ok) return err(claimed.error);
    return ok(shown(await mergeAll(parts, command.value), customerId));
  };

export const openVisitCommands = (parts: ClaimParts): VisitCommands => ({
  claimCarts: openClaimCarts(parts),
  claimantOf: async (visitorId) => {
    const { state } = await parts.aggregates.load(visitAggregate, visitorId, FRESH);
    return state.status === 'Claimed' ? state.customerId : null;
  },
});
