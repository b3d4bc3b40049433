import { type DomainEvent, keyOfOwner, ownerKey } from '../../events/index.ts';

type Stored = readonly { readonly event: DomainEvent }[];

/** The visits that were claimed, and by whom. */
export const claimedIn = (stored: Stored) =>
  stored.flatMap(({ event: { type, data } }) =>
    type === 'VisitClaimed' ? [{ id: data.visitorId, customerId: data.customerId }] : [],
  );

/** Whose it is, once visits were claimed. */
export const ownerIn = (stored: Stored, owned: Parameters<typeof ownerKey>[0]): string | null => {
  const owner = ownerKey(owned);
  const claim = claimedIn(stored).find(({ id }) => owner === keyOfOwner({ kind: 'Visitor', visitorId: id }));
  return claim === undefined ? owner : keyOfOwner({ kind: 'Customer', customerId: claim.customerId });
};
