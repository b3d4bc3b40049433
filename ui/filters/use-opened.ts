import { useEffect, useEffectEvent } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { isTyping } from '../parts/is-typing.ts';

/** What is open beside a list, which stands in the page's address, and where the list is with another open; '' for none. */
export interface Opened {
  readonly id: string;
  readonly pathOf: (id: string) => string;
}

/** `path` is the list's own; its filters stay. The key Escape closes what is open. */
export const useOpened = (path: string, name: string): Opened => {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const id = params.get(name) ?? '';
  const others = new URLSearchParams(params);
  others.delete(name);
  const closed = others.size === 0 ? path : `${path}?${others.toString()}`;
  // Asked of each row, whenever the list is drawn.
  const opening = `${closed}${others.size === 0 ? '?' : '&'}${name}=`;
  const pathOf = (next: string): string => (next === '' ? closed : opening + encodeURIComponent(next));
  const close = useEffectEvent(() => navigate(closed));
  useEffect(() => {
    if (id === '') return undefined;
    const onKey = ({ key, target }: KeyboardEvent): void => {
      if (key === 'Escape' && !isTyping(target)) close();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [id]);
  return { id, pathOf };
};
