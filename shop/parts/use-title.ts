import { useEffect } from 'react';

/** What the tab, the history and a bookmark say. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · panier`;
  }, [title]);
};
