import type { Random } from '../../support/random.ts';

/** What a customer does, and how the order ends. */
export interface Play {
  readonly name: string;
  /** Among all plays. */
  readonly share: number;
  readonly product: string;
  /** At the checkout; null leaves it to later. */
  readonly method: string | null;
  /** A while after the checkout. */
  readonly later?: { readonly command: 'payOrder'; readonly method: string } | { readonly command: 'cancelOrder' };
  readonly ends: 'CONFIRMED' | 'REJECTED' | 'CANCELLED';
}

const CARD = 'pm_card_visa';
const DECLINED = 'pm_card_chargeDeclined';

/** Sold without end; sold out; given away. */
export const PRODUCTS = { plenty: 'prod_plenty', none: 'prod_none', free: 'prod_free' } as const;
const { plenty, none, free } = PRODUCTS;

export const PLAYS: readonly Play[] = [
  { name: 'pays at once', share: 46, product: plenty, method: CARD, ends: 'CONFIRMED' },
  {
    name: 'pays later',
    share: 14,
    product: plenty,
    method: null,
    later: { command: 'payOrder', method: CARD },
    ends: 'CONFIRMED',
  },
  { name: 'pays, at the second try of its bank', share: 2, product: plenty, method: 'pm_flaky', ends: 'CONFIRMED' },
  { name: 'takes what is free', share: 2, product: free, method: null, ends: 'CONFIRMED' },
  { name: 'comes too late', share: 10, product: none, method: CARD, ends: 'REJECTED' },
  { name: 'is declined', share: 8, product: plenty, method: DECLINED, ends: 'CANCELLED' },
  {
    name: 'is declined later',
    share: 4,
    product: plenty,
    method: null,
    later: { command: 'payOrder', method: DECLINED },
    ends: 'CANCELLED',
  },
  {
    name: 'thinks better of it',
    share: 8,
    product: plenty,
    method: null,
    later: { command: 'cancelOrder' },
    ends: 'CANCELLED',
  },
  { name: 'walks away', share: 6, product: plenty, method: null, ends: 'CANCELLED' },
];

const ALL = PLAYS.reduce((sum, { share }) => sum + share, 0);

/** One after the other, each as often as its share says: a few orders are as mixed as many. */
export const playOf = (nth: number): Play => {
  // 37 has no factor in common with the sum of the shares, so that each share is met exactly, and no play comes in a row.
  let left = (nth * 37) % ALL;
  for (const play of PLAYS) {
    if (left < play.share) return play;
    left -= play.share;
  }
  throw new RangeError(`There is no play ${nth}.`);
};

/** How long a customer thinks before the later command. */
export const thinkMs = (random: Random): number => random.between(0, 400);
