import { isId } from '../events/index.ts';
import { parseInstant } from './scalars/date-time.ts';

/** In no id of a cart or an order: where it stands, the moment begins. */
const SEPARATOR = '@';

/** Something that is shown, as it is now or as it was: then with an id of its own. */
export interface Shown {
  readonly id: string;
  /** Left out of what is as it is now. */
  readonly moment?: string;
}

/** The id of something as it was: caches that keep one object an id do not take it for the present (ADR-060). */
export const shownIdOf = ({ id, moment }: Shown): string => (moment === undefined ? id : id + SEPARATOR + moment);

export type Moment =
  | { readonly kind: 'Cart'; readonly id: string; readonly instant: string }
  | { readonly kind: 'Order'; readonly id: string; readonly revision: number };

const instantIn = (text: string): string | null => {
  try {
    return parseInstant(text);
  } catch {
    return null;
  }
};

const REVISION = /^[1-9]\d{0,8}$/;

/** The moment of a cart or an order that an id stands for; null for an id of anything as it is now, and for what is none. */
export const momentOf = (given: string): Moment | null => {
  const at = given.indexOf(SEPARATOR);
  if (at < 0) return null;
  const [id, moment] = [given.slice(0, at), given.slice(at + 1)];
  if (isId('Order', id) && REVISION.test(moment)) return { kind: 'Order', id, revision: Number(moment) };
  const instant = isId('Cart', id) ? instantIn(moment) : null;
  return instant === null ? null : { kind: 'Cart', id, instant };
};
