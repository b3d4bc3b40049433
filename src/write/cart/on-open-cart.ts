import type { Rejection } from '../../events/index.ts';
import type { Result } from '../../platform/index.ts';
import type { Decision, Loaded } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';
import { type Cart, type OpenCart, openFor } from './cart.ts';
import { withinChanges } from './limit-changes.ts';

export type CartDecide = (loaded: Loaded<Cart>) => Result<Decision, Rejection>;
type OpenCartDecide = (cart: OpenCart) => Result<Decision, Rejection>;

/** Decides on a cart that is open to this command, and lets it grow no further than a cart may. */
export const onOpenCart =
  (by: Commander, decide: OpenCartDecide): CartDecide =>
  (loaded) => {
    const open = openFor(loaded, by);
    if (!open.ok) return open;
    const decided = decide(open.value);
    return decided.ok ? withinChanges(loaded.version, open.value, decided.value) : decided;
  };
