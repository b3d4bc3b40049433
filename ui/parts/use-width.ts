import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width of an element, in pixels, as it changes; null before it is there. */
export const useWidth = <E extends HTMLElement>(): readonly [RefObject<E | null>, number | null] => {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState<number | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry === undefined ? null : entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
};
