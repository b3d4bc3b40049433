import type { CombinedError } from '@urql/core';
import { createContext, use, useEffect, useSyncExternalStore } from 'react';
import { failureOf } from '../../ui/client/outcome.ts';
import { useLive } from '../../ui/client/use-live.ts';
import { ShopCartLive } from '../../ui/generated/operations.ts';
import { useVisit } from '../visit/use-visit.ts';
import type { CartState, CartStore } from './cart-store.ts';

export const CartContext = createContext<CartStore | null>(null);

export const useCartStore = (): CartStore => {
  const store = use(CartContext);
  if (store === null) throw new Error('useCartStore: there is no CartContext above.');
  return store;
};

/** The cart, as it changes: here, in another tab, wherever. */
export const useCart = (): CartState => {
  const store = useCartStore();
  return useSyncExternalStore(store.subscribe, store.state);
};

const isUnknown = (error: CombinedError): boolean => failureOf(error).code === 'NOT_FOUND';

/** Hears of the cart as long as the shop is open; once, above all pages. */
export const useCartHeard = (): void => {
  const store = useCartStore();
  const cartId = useVisit().visit?.cartId ?? null;
  const state = useLive({
    document: ShopCartLive,
    variables: cartId === null ? null : { cartId },
    onUpdate: ({ cart }) => store.take(cart),
    showsFailure: isUnknown,
  });
  // Of another visit, or gone: what is still shown is nobody's.
  const isGone = cartId === null || (state.kind === 'Failed' && isUnknown(state.error));
  useEffect(() => {
    if (isGone) store.forget(cartId);
  }, [isGone, cartId, store]);
};
