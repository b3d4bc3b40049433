import type { OrderFacts } from '../../events/index.ts';

interface Occurred {
  readonly occurredAt: string;
}

const msOf = ({ occurredAt }: Occurred): number => Date.parse(occurredAt);

/** Without a payment method the customer has still to pay; a charge that is pending waits for the customer, or for a bank. */
const beginsWith = ({ created, reserved, paymentRequested, paymentPending }: OrderFacts): Occurred | null => {
  if (created?.data.methodKind === null) return reserved;
  return paymentPending === undefined ? null : paymentRequested;
};

const endsWith = (facts: OrderFacts): readonly (Occurred | null)[] => {
  const { paymentRequested, paymentPending, paymentFailed, cancelled, confirmed, succeeded } = facts;
  const asked = paymentPending === undefined ? [paymentRequested] : [];
  return [...asked, ...Object.values(succeeded), paymentFailed, cancelled, confirmed];
};

/** For how long an order waited for its customer to pay, by the times of its events; 0 where it never did, or still does. */
export const customersTurnMs = (facts: OrderFacts): number => {
  const began = beginsWith(facts);
  if (began === null) return 0;
  const ends = endsWith(facts).flatMap((fact) => (fact === null ? [] : [msOf(fact)]));
  return ends.length === 0 ? 0 : Math.max(0, Math.min(...ends) - msOf(began));
};
