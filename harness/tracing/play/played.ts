import type { Customers } from '../gather.ts';

/** What went on, as far as the processes do not tell it. */
export interface Played {
  readonly customersOf: (orderId: string) => Customers;
  /** How an order has to have ended; null where that is open. */
  readonly endOf: (orderId: string) => string | null;
  /** Spans of clients. */
  readonly outside: ReadonlySet<string>;
  readonly sharesClock: boolean;
  /** What else went wrong, by the rules of whoever played. */
  readonly complaints: readonly string[];
  /** Why the run proves nothing; empty when it does. */
  readonly voidBecause: readonly string[];
}
