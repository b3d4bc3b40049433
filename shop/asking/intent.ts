import { intentKey } from '../../ui/client/intent-key.ts';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const under = (intent: string): string => `panier.shop.intent.${intent}`;

/**
 * The idempotency key of what a person wants, the same until it is answered: a second click, or a page that is loaded again
 * before it knew, is the same command.
 */
export const keyOf = (intent: string, kept: Kept = sessionStorage): string => {
  const known = kept.getItem(under(intent));
  if (known !== null) return known;
  const key = intentKey();
  kept.setItem(under(intent), key);
  return key;
};

/** The next time that a person wants that, it is another command. */
export const answered = (intent: string, kept: Kept = sessionStorage): void => kept.removeItem(under(intent));
