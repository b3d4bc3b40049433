import { type AggregateType, type IdOf, isId, ownerKey, parseId, type Reach, reaches } from '../../events/index.ts';
import type { Aggregate, Loaded } from '../execution/aggregate.ts';
import type { Aggregates } from '../execution/aggregates.ts';
import type { Commander } from '../execution/commander.ts';
import type { Shown } from '../execution/run-command.ts';
import { type Visit, visitAggregate } from './visit.ts';

/** What says whose a cart or an order is. */
interface Belonging {
  readonly customerId: string | null;
  readonly sessionId: string | null;
}

/** A kind of aggregate that belongs to somebody; null before its first event. */
export interface Owned<State, K extends AggregateType> {
  readonly aggregate: Aggregate<State, K>;
  readonly belonging: (state: State) => Belonging | null;
}

interface On<K extends AggregateType> {
  readonly id: IdOf<K>;
  readonly reach: Reach;
}

type Customer = Extract<Reach, { kind: 'Customer' }>;

const FRESH = { maxAgeMs: 0 };

const isReached = (reach: Reach, belonging: Belonging | null): boolean =>
  belonging !== null && reaches(reach, ownerKey(belonging));

const visitOf = (belonging: Belonging | null): IdOf<'Visit'> | null => {
  if (belonging === null || belonging.customerId !== null || belonging.sessionId === null) return null;
  return isId('Visit', belonging.sessionId) ? belonging.sessionId : null;
};

const inStead = (visit: Loaded<Visit> | undefined, { customerId }: Customer): Reach | null =>
  visit?.state.status === 'Claimed' && visit.state.customerId === customerId
    ? { kind: 'Visitor', visitorId: visit.id }
    : null;

const rememberedReach = <State, K extends AggregateType>(
  aggregates: Aggregates,
  { aggregate, belonging }: Owned<State, K>,
  { id, reach }: On<K> & { readonly reach: Customer },
): Reach | null => {
  const remembered = aggregates.remembered(aggregate, id);
  const whose = remembered === undefined ? null : belonging(remembered.state);
  if (isReached(reach, whose)) return reach;
  const visitId = visitOf(whose);
  return visitId === null ? null : inStead(aggregates.remembered(visitAggregate, visitId), reach);
};

/**
 * With which reach somebody comes to one cart or order: a customer in the visitor's stead, where they have claimed the visit
 * that it comes from; else their own. What is not theirs is looked up as what is not there, and none of it is read.
 */
const reachOn = async <State, K extends AggregateType>(
  aggregates: Aggregates,
  owned: Owned<State, K>,
  { id, reach }: On<K>,
): Promise<Reach> => {
  if (typeof reach === 'string' || reach.kind === 'Visitor') return reach;
  const remembered = rememberedReach(aggregates, owned, { id, reach });
  if (remembered !== null) return remembered;
  const whose = owned.belonging((await aggregates.loadReached(owned.aggregate, id, reach)).state);
  const visitId = visitOf(whose);
  if (isReached(reach, whose) || visitId === null) return reach;
  return inStead(await aggregates.load(visitAggregate, visitId, FRESH), reach) ?? reach;
};

interface Asking {
  readonly reach: Reach;
}

/** The command, as it comes to one cart or order: see {@link reachOn}. */
export const asOwner = async <State, K extends AggregateType, C extends Asking>(
  { aggregates }: { readonly aggregates: Aggregates },
  owned: Owned<State, K>,
  { command, id }: { readonly command: C; readonly id: IdOf<K> },
): Promise<C & Pick<Commander, 'inNameOf'>> => {
  const reach = await reachOn(aggregates, owned, { id, reach: command.reach });
  if (reach === command.reach || typeof command.reach === 'string' || command.reach.kind !== 'Customer') return command;
  return { ...command, reach, inNameOf: command.reach.customerId };
};

/** What there is under an id, as it is now; null also for what is not reached. */
export const findReached =
  <State, Snapshot, K extends AggregateType>(
    parts: { readonly aggregates: Aggregates },
    owned: Shown<State, Snapshot, K>,
  ) =>
  async (given: string, reach: Reach): Promise<Snapshot | null> => {
    const id = parseId(owned.aggregate.kind, given);
    if (id === null) return null;
    return owned.snapshot(await parts.aggregates.loadReached(owned.aggregate, id, reach));
  };
