import type { AggregateType, DomainEvent } from './catalogue.ts';
import { DecodeError } from './codec.ts';
import { type IdKind, isId, kindOf } from './ids.ts';

/** The fields of events that name something, and the kind of what they name. */
const NAMED: ReadonlyMap<string, IdKind> = new Map<string, IdKind>([
  ['cartId', 'Cart'],
  ['intoCartId', 'Cart'],
  ['fromCartId', 'Cart'],
  ['visitorId', 'Visit'],
  ['orderId', 'Order'],
  ['productId', 'Product'],
  ['paymentId', 'Payment'],
  ['deadLetterId', 'DeadLetter'],
]);

/**
 * Makes sure that an event is of what its aggregate id says, and that whatever it names beside that is not of another kind:
 * two kinds of aggregates never mix. What other services call their own payments is theirs.
 * @throws {DecodeError} naming the id.
 */
export const assertIdsOfTheirKinds = (
  { aggregateType, aggregateId }: { readonly aggregateType: AggregateType; readonly aggregateId: string },
  event: DomainEvent,
): void => {
  if (!isId(aggregateType, aggregateId)) throw new DecodeError(`aggregate_id: ${aggregateId} is no ${aggregateType}`);
  assertNames(event.data);
};

const assertNames = (data: object): void => {
  for (const [field, value] of Object.entries(data) as [string, unknown][]) {
    const kind = NAMED.get(field);
    if (Array.isArray(value)) for (const line of value as object[]) assertNames(line);
    else if (kind !== undefined && typeof value === 'string') assertName(value, kind);
  }
};

const assertName = (id: string, kind: IdKind): void => {
  if (isId(kind, id)) return;
  const other = kindOf(id);
  if (other !== null) throw new DecodeError(`${id} is the id of another kind (${other}) where one of ${kind} is meant`);
};
