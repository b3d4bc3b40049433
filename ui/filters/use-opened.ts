import { useSearchParams } from 'wouter';

/** What is open beside a list, which stands in the page's address, and where the list is with another open; '' for none. */
export interface Opened {
  readonly id: string;
  readonly pathOf: (id: string) => string;
}

/** `path` is the list's own; its filters stay. */
export const useOpened = (path: string, name: string): Opened => {
  const [params] = useSearchParams();
  const pathOf = (id: string): string => {
    const next = new URLSearchParams(params);
    next.delete(name);
    if (id !== '') next.set(name, id);
    const search = next.toString();
    return search === '' ? path : `${path}?${search}`;
  };
  return { id: params.get(name) ?? '', pathOf };
};
