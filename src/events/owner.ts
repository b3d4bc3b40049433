/** Whose a cart or an order is. */
export type Owner =
  | { readonly kind: 'Customer'; readonly customerId: string }
  | { readonly kind: 'Visitor'; readonly visitorId: string };

/** Which carts and orders somebody gets at: their own, or all, or none. */
export type Reach = 'Everything' | 'Nothing' | Owner;

/** An owner as one text, the same for the same owner: `customer:<id>` or `visitor:<id>`. */
export const keyOfOwner = (owner: Owner): string =>
  owner.kind === 'Customer' ? `customer:${owner.customerId}` : `visitor:${owner.visitorId}`;

interface Owned {
  readonly customerId: string | null;
  readonly sessionId: string | null;
}

/**
 * Whose a cart or an order is, as {@link keyOfOwner} says it: a customer's, whatever its session; without a customer, the
 * visitor's whose id is its session; null: nobody's.
 */
export const ownerKey = ({ customerId, sessionId }: Owned): string | null => {
  if (customerId !== null) return keyOfOwner({ kind: 'Customer', customerId });
  return sessionId === null ? null : keyOfOwner({ kind: 'Visitor', visitorId: sessionId });
};

/** No owner's key: all of them have a kind. */
const NOBODYS = '';

/** Which owner's things are reached: all when null; where it is text, those whose owner's key it is. For SQL, as {@link reaches} is for values. */
export const reachedOwner = (reach: Reach): string | null => {
  if (reach === 'Everything') return null;
  return reach === 'Nothing' ? NOBODYS : keyOfOwner(reach);
};

/** Whether what has this owner's key, null for nobody's, is reached. */
export const reaches = (reach: Reach, owner: string | null): boolean => {
  const reached = reachedOwner(reach);
  return reached === null || reached === owner;
};
