import { createContext, use } from 'react';
import type { ConsoleViewerQuery } from '../../ui/generated/operations.ts';

export type ConsoleViewer = ConsoleViewerQuery['viewer'];

export const ViewerContext = createContext<ConsoleViewer | null>(null);

/** Who looks at the console: an operator, or a service. */
export const useViewer = (): ConsoleViewer => {
  const viewer = use(ViewerContext);
  if (viewer === null) throw new Error('useViewer: nobody is signed in here.');
  return viewer;
};

/** Whether whoever looks may do that; the words are those of the API's scopes. */
export const useMay = (scope: string): boolean => useViewer().scopes.includes(scope);
