import { useEffect, useRef, useState } from 'react';
import { useLive } from '../../ui/client/use-live.ts';
import { type ShopProductFragment, ShopStock } from '../../ui/generated/operations.ts';

type Products = ReadonlyMap<string, ShopProductFragment>;

/** As many as one subscription may watch. */
const MOST = 100;

/** These products as they are now, and as they change; drawn once a frame, however fast they sell. */
export const useStock = (ids: readonly string[]): Products => {
  const [products, setProducts] = useState<Products>(new Map());
  const heard = useRef(new Map<string, ShopProductFragment>());
  const frame = useRef(0);
  const draw = (): void => {
    frame.current = 0;
    const news = heard.current;
    heard.current = new Map();
    setProducts((before) => new Map([...before, ...news]));
  };
  useLive({
    document: ShopStock,
    variables: ids.length === 0 ? null : { productIds: ids.toSorted().slice(0, MOST) },
    onUpdate: ({ stock }) => {
      heard.current.set(stock.id, stock);
      if (frame.current === 0) frame.current = requestAnimationFrame(draw);
    },
  });
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      frame.current = 0;
    },
    [],
  );
  return products;
};
