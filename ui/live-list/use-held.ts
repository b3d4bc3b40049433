import { type RefObject, useEffect, useState } from 'react';

interface Hold {
  readonly isPointed: boolean;
  readonly isFocused: boolean;
  readonly isScrolled: boolean;
}

const FREE: Hold = { isPointed: false, isFocused: false, isScrolled: false };

/** A page's head may be out of sight by that much, and what comes in at the top would still be seen. */
const NEAR_TOP_PX = 40;

/** Whether somebody is at the rows of a list: points at one, has one under the keys, or has scrolled to one. */
export const useHeld = (ref: RefObject<HTMLElement | null>): boolean => {
  const [hold, setHold] = useState(FREE);
  useEffect(() => {
    const rows = ref.current;
    const ending = new AbortController();
    const options = { signal: ending.signal, passive: true };
    const change = (changed: Partial<Hold>): void => setHold((before) => ({ ...before, ...changed }));
    const point = (isPointed: boolean) => (event: PointerEvent) => {
      // A finger that has touched points no more.
      if (event.pointerType === 'mouse') change({ isPointed });
    };
    rows?.addEventListener('pointerenter', point(true), options);
    rows?.addEventListener('pointerleave', point(false), options);
    // Rows alone: a button below them, such as the one for more, keeps the focus after it was pressed.
    const isRow = (target: EventTarget | null): boolean =>
      target instanceof Element && rows?.contains(target) === true && target.closest('[data-row]') !== null;
    document.addEventListener('focusin', ({ target }) => change({ isFocused: isRow(target) }), options);
    document.addEventListener('focusout', ({ relatedTarget }) => change({ isFocused: isRow(relatedTarget) }), options);
    addEventListener('scroll', () => change({ isScrolled: scrollY > NEAR_TOP_PX }), options);
    return () => ending.abort();
  }, [ref]);
  return hold.isPointed || hold.isFocused || hold.isScrolled;
};
