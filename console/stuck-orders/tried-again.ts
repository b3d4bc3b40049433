import type { StuckOrderGroupsQuery } from '../../ui/generated/operations.ts';
import type { WaitsFor } from './waits-for.ts';

export type Reader = StuckOrderGroupsQuery['consumerGroups'][number];

/** An entry that a group was given more than once: what it tries fails, or ended with its process. */
export interface TriedAgain {
  readonly group: string;
  readonly stream: string;
  readonly deliveries: number;
}

/** Whose group has to do what is waited for; null: it is the provider's turn, and the log says more. */
const ROLES: Readonly<Record<WaitsFor, string | null>> = {
  Stock: 'saga',
  PaymentRequest: 'payment',
  Provider: null,
  End: 'payment',
  StockBack: 'saga',
  Refund: null,
  Other: 'audit',
};

/** The entry that the role that is waited for tries again and again, the most often tried; null when there is none. */
export const triedAgain = (readers: readonly Reader[], what: WaitsFor): TriedAgain | null => {
  const [most] = readers
    .filter(({ role }) => role !== null && role === ROLES[what])
    .map(({ group, stream, deliveries }) => ({ group, stream, deliveries: deliveries ?? 0 }))
    .filter(({ deliveries }) => deliveries > 1)
    .toSorted((one, other) => other.deliveries - one.deliveries);
  return most ?? null;
};
