import type { CombinedError } from '@urql/core';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useLive } from '../../ui/client/use-live.ts';
import { CartLive, CartProductNames, type CartShownFragment, CartThen } from '../../ui/generated/operations.ts';

export interface LiveCart {
  readonly cart: CartShownFragment | null;
  readonly error: CombinedError | null;
}

/** The cart as it is. */
export const useCart = (id: string): LiveCart => {
  const [cart, setCart] = useState<CartShownFragment | null>(null);
  const state = useLive({
    document: CartLive,
    variables: { id },
    onUpdate: (data) => setCart(data.cart),
    showsFailure: () => true,
  });
  return { cart, error: state.kind === 'Failed' ? state.error : null };
};

/** The cart as it was then; while that is asked for, as it was before. Null: it was not there yet. */
export const useCartThen = (id: string, asOf: string | null): CartShownFragment | null => {
  const [{ data }] = useQuery({ query: CartThen, variables: { id, asOf: asOf ?? '' }, pause: asOf === null });
  return data?.cart ?? null;
};

/** So many things the API tells of at once. */
const AT_ONCE = 100;

/** What the products are called, by their ids; what is sold no more is called by its id. */
export const useProductNames = (ids: readonly string[]): ((id: string) => string) => {
  const [{ data }] = useQuery({
    query: CartProductNames,
    variables: { ids: ids.slice(0, AT_ONCE) },
    pause: ids.length === 0,
  });
  const names = new Map(data?.nodes.flatMap((node) => (node?.__typename === 'Product' ? [[node.id, node.name]] : [])));
  return (id) => names.get(id) ?? id;
};
