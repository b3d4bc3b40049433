import { type RefObject, useEffect, useRef } from 'react';
import { isTyping } from './is-typing.ts';

const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

const openersIn = (frame: HTMLElement): HTMLElement[] => [...frame.querySelectorAll<HTMLElement>('[data-row]')];

const go = (frame: HTMLElement, step: number): void => {
  const openers = openersIn(frame);
  const at = openers.findIndex((opener) => opener === document.activeElement);
  const next = openers[at < 0 ? 0 : at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
};

/** Lets the keys go from row to row of what is inside; j and k from anywhere on the page, the arrows from a row. */
export const useRowKeys = (): RefObject<HTMLDivElement | null> => {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const step = STEPS[event.key];
      const inside = frame.current;
      if (step === undefined || inside === null || isTyping(event.target)) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      // Elsewhere, the arrows scroll.
      if (event.key.startsWith('Arrow') && !inside.contains(document.activeElement)) return;
      event.preventDefault();
      go(inside, step);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return frame;
};
