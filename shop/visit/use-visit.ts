import { createContext, use, useSyncExternalStore } from 'react';
import type { VisitKeeper, VisitState } from './visit-keeper.ts';

export const VisitContext = createContext<VisitKeeper | null>(null);

export const useVisitKeeper = (): VisitKeeper => {
  const keeper = use(VisitContext);
  if (keeper === null) throw new Error('useVisitKeeper: there is no VisitContext above.');
  return keeper;
};

/** The visit, as it changes. */
export const useVisit = (): VisitState => {
  const keeper = useVisitKeeper();
  return useSyncExternalStore(keeper.subscribe, keeper.state);
};
