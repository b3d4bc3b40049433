import type { Stripe } from 'stripe';
import type { Logger } from '../../../platform/index.ts';
import type { ChargeBook } from './charge-book.ts';
import type { Line } from './line.ts';

/** What every part of the adapter works with. */
export interface StripeParts {
  readonly stripe: Stripe;
  readonly line: Line;
  readonly book: ChargeBook;
  readonly logger: Logger;
}
