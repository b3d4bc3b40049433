import { type RefObject, useEffect, useRef, useState } from 'react';

export interface Scrolled {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly scrollTop: number;
  readonly viewHeight: number;
  readonly width: number;
}

const VIEW_BEFORE_MEASURING = 600;

/** How an element is scrolled, once a frame, and how large it is. */
export const useScrolled = (): Scrolled => {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ scrollTop: 0, viewHeight: VIEW_BEFORE_MEASURING, width: 1_000 });
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const { scrollTop, clientHeight, clientWidth } = element;
      setSeen((before) =>
        before.scrollTop === scrollTop && before.viewHeight === clientHeight && before.width === clientWidth
          ? before
          : { scrollTop, viewHeight: clientHeight, width: clientWidth },
      );
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    const observer = new ResizeObserver(soon);
    observer.observe(element);
    element.addEventListener('scroll', soon, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      element.removeEventListener('scroll', soon);
    };
  }, []);
  return { ref, ...seen };
};
