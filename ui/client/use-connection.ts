import type { CombinedError } from '@urql/core';
import { createContext, use, useSyncExternalStore } from 'react';
import type { Connection, ConnectionState } from './connection.ts';

export const ConnectionContext = createContext<Connection | null>(null);

/** The page's WebSocket. */
export const usePageConnection = (): Connection => {
  const connection = use(ConnectionContext);
  if (connection === null) throw new Error('usePageConnection: there is no ConnectionContext above.');
  return connection;
};

/** How the page's WebSocket stands, as it changes. */
export const useConnection = (): ConnectionState => {
  const { subscribe, state } = usePageConnection();
  return useSyncExternalStore(subscribe, state);
};

/** Why something on the page hears of no changes any more; null: everything does. */
export const useLost = (): CombinedError | null => {
  const { subscribe, lost } = usePageConnection();
  return useSyncExternalStore(subscribe, lost);
};
