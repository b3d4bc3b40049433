import {
  type Allowed,
  type Currency,
  itemNameOf,
  MAX_PRICE_MINOR,
  type Reach,
  toDecimal,
  toMinor,
} from '../events/index.ts';
import { err, ok, type Result } from '../platform/index.ts';
import { BOUNDS } from './bounds.ts';
import type { CommandContext } from './context.ts';
import {
  added,
  currency,
  customerId,
  type Field,
  flag,
  id,
  lines,
  name,
  optional,
  said,
  text,
  whole,
} from './field.ts';
import { items } from './items.ts';
import { type Misfit, misfit } from './misfit.ts';

/** The arguments of a command, each read for itself, and what is to be said of them together. */
interface Definition<F> {
  /** Never there: the fields' types, for the compiler. */
  readonly of?: F;
  readonly fields: readonly NamedField[];
  // A method, for its parameters are bivariant: the table holds definitions of any fields.
  complete(read: ReadOf<F>, context: CommandContext): Result<ReadOf<F>, Misfit>;
}

/** A field and its name. */
export type NamedField = readonly [name: string, field: Field<unknown, unknown>];

/** Listed once, for they are read with every command. */
export const namedFields = (fields: object): readonly NamedField[] => Object.entries(fields) as NamedField[];

export type ReadOf<F> = { readonly [K in keyof F]: F[K] extends Field<unknown, infer Value> ? Value : never };
type RawBy<C> = C extends Field<infer Raw, unknown> ? Raw : never;
type AddedIn<F> = { [K in keyof F]: undefined extends RawBy<F[K]> ? K : never }[keyof F];
export type RawOf<F> = { readonly [K in Exclude<keyof F, AddedIn<F>>]: RawBy<F[K]> } & {
  readonly [K in AddedIn<F>]?: RawBy<F[K]>;
};

const define = <F extends object>(
  fields: F,
  complete: Definition<F>['complete'] = (read) => ok(read),
): Definition<F> => ({
  fields: namedFields(fields),
  complete,
});

/** An amount, still as it was handed in: only with its currency can it be read. */
const amount: Field<string, string> = {
  read: (raw, path) => (typeof raw === 'string' ? ok(raw) : misfit(path, ' is a decimal number in a text.')),
};

/** Decimal numbers from 0 to a power of ten, with at most as many places as that is written with. */
const upTo = (limit: string): string => {
  const [units = '', places = ''] = limit.split('.');
  const fraction = places === '' ? String.raw`(?:\.0+)?` : String.raw`(?:\.\d{1,${places.length}}0*)?`;
  return String.raw`^0*(?:\d{1,${units.length - 1}}${fraction}|${units}(?:\.0+)?)$`;
};

/** As it is recorded: with as many decimal places as the currency has. */
const price = (given: string, code: Currency): Result<string, Misfit> => {
  const minor = toMinor(given, code);
  if (minor !== null && minor >= 0 && minor <= MAX_PRICE_MINOR) return ok(toDecimal(minor, code));
  const limit = toDecimal(MAX_PRICE_MINOR, code);
  const why = `: ${said(given)} is not a decimal number from 0 to ${limit}, in whole minor units of ${code}.`;
  return misfit(['price'], why, { type: 'string', pattern: upTo(limit) });
};

interface Owned {
  readonly customerId: string | null;
  readonly sessionId: string | null;
}

/** Whoever has carts of their own makes no other; who reaches everything says whose it is to be. */
const ownedBy = <C extends Owned>(reach: Reach, cart: C): Result<C, Misfit> => {
  if (reach === 'Everything') return ok(cart);
  if (reach === 'Nothing') return err({ message: 'Nobody has carts: call startVisit, or sign in.' });
  if (reach.kind === 'Customer') return ok({ ...cart, customerId: reach.customerId });
  return ok({ ...cart, customerId: null, sessionId: reach.visitorId });
};

interface ItemOfCart {
  readonly cartId: string;
  readonly cartItemId: string;
}

const ITEM = ['cartItemId'];

/** The item by its number within its cart, as events have it: by whichever of its ids it was asked for, it is the same request. */
const withinCart = <C extends ItemOfCart>(read: C): Result<C, Misfit> => {
  const { cartId, cartItemId } = itemNameOf(read.cartItemId);
  const shown = said(read.cartItemId);
  if (cartId !== null && cartId !== read.cartId)
    return misfit(ITEM, `: ${shown} is an item of another cart, ${said(cartId)}, not of ${read.cartId}.`);
  if (cartItemId.includes('@')) return misfit(ITEM, `: ${shown} is an item as it was: leave out what follows the @.`);
  return ok({ ...read, cartItemId });
};

const { min: minimum, max: maximum } = BOUNDS.delta;
const ANY_DELTA: Allowed = { type: 'integer', minimum, maximum, not: { const: 0 } };

/** Every command that there is, and how its arguments are read. */
export const COMMANDS = {
  createCart: define(
    { customerId: optional(customerId), sessionId: optional(text(BOUNDS.sessionId)), currency },
    (read, { reach }) => ownedBy(reach, read),
  ),
  addCartItem: define({ cartId: id('Cart'), productId: id('Product'), quantity: whole(BOUNDS.quantityToAdd) }),
  addCartItems: define({ cartId: id('Cart'), items }),
  setCartItemQuantity: define(
    { cartId: id('Cart'), cartItemId: text(BOUNDS.cartItemId), quantity: whole(BOUNDS.quantityToSet) },
    withinCart,
  ),
  removeCartItem: define({ cartId: id('Cart'), cartItemId: text(BOUNDS.cartItemId) }, withinCart),
  clearCart: define({ cartId: id('Cart') }),
  checkout: define({ cartId: id('Cart'), paymentMethod: optional(text(BOUNDS.paymentMethod)) }),
  claimCarts: define({ visitorId: id('Visit'), customerId }),
  payOrder: define({
    orderId: id('Order'),
    paymentMethod: text(BOUNDS.paymentMethod),
    reason: added(lines(BOUNDS.requiredReason)),
  }),
  cancelOrder: define({ orderId: id('Order'), reason: optional(lines(BOUNDS.reason)) }),
  reorder: define({ orderId: id('Order') }),
  upsertProduct: define({ id: id('Product'), name: name(BOUNDS.productName), price: amount, currency }, (read) => {
    const priced = price(read.price, read.currency);
    return priced.ok ? ok({ ...read, price: priced.value }) : priced;
  }),
  adjustStock: define(
    { productId: id('Product'), delta: whole(BOUNDS.delta), reason: optional(lines(BOUNDS.reason)) },
    (read) => (read.delta === 0 ? misfit(['delta'], ' is not 0: that would change nothing.', ANY_DELTA) : ok(read)),
  ),
  reduceStock: define({ productId: id('Product'), quantity: whole(BOUNDS.quantityToMove) }),
  increaseStock: define({ productId: id('Product'), quantity: whole(BOUNDS.quantityToMove) }),
  retryDeadLetter: define({ id: id('DeadLetter'), reason: added(lines(BOUNDS.requiredReason)) }),
  discardDeadLetter: define({ id: id('DeadLetter'), reason: lines(BOUNDS.requiredReason) }),
  startVerification: define({
    graceSeconds: whole(BOUNDS.graceSeconds),
    pauseSeconds: whole(BOUNDS.pauseSeconds),
    fold: flag,
  }),
  startReplay: define({ dryRun: flag }),
  cancelUpkeep: define({ id: id('UpkeepRun') }),
} as const;

export type CommandName = keyof typeof COMMANDS;
export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);
type FieldsOf<N extends CommandName> = (typeof COMMANDS)[N] extends Definition<infer F> ? F : never;

/** What is handed in. */
export type CommandInput<N extends CommandName> = RawOf<FieldsOf<N>>;
/** What was read of it: ids by kind, texts and numbers in their bounds. */
export type CommandRead<N extends CommandName> = ReadOf<FieldsOf<N>>;
