import type { Recorded, Rejection, VisitEvent } from '../../events/index.ts';
import { assertNever, err, ok, type Result } from '../../platform/index.ts';
import { type Aggregate, type Decision, type Loaded, NOTHING } from '../execution/aggregate.ts';

/** A visit that nobody has claimed has no events: its carts and orders are the visitor's. */
export type Visit =
  | { readonly status: 'Unclaimed' }
  /** Whatever carts and orders the visit has had, and may still come to have, are the customer's. */
  | { readonly status: 'Claimed'; readonly customerId: string; readonly eventId: string };

const evolveVisit = (visit: Visit, event: VisitEvent, eventId: string): Visit => {
  switch (event.type) {
    case 'VisitClaimed':
      return visit.status === 'Claimed' ? visit : { status: 'Claimed', customerId: event.data.customerId, eventId };
  }
  return assertNever(event.type);
};

export const visitAggregate: Aggregate<Visit, 'Visit'> = {
  kind: 'Visit',
  initialState: { status: 'Unclaimed' },
  evolve: (visit, { event, envelope }: Recorded) => evolveVisit(visit, event as VisitEvent, envelope.eventId),
};

/** The claim of a visit. The first who claims it has it; whoever has it may claim it again, which decides nothing. */
export const claimVisit = ({ id, state }: Loaded<Visit>, customerId: string): Result<Decision, Rejection> => {
  if (state.status === 'Unclaimed') {
    return ok({ events: [{ type: 'VisitClaimed', data: { visitorId: id, customerId } }] });
  }
  return state.customerId === customerId ? ok(NOTHING) : err(CLAIMED);
};

const CLAIMED: Rejection = {
  code: 'VISIT_CLAIMED',
  message: 'Another customer has claimed this visit: its carts and orders are theirs. Start a new visit.',
};
