import { createContext, use, useSyncExternalStore } from 'react';
import type { Connection, ConnectionState } from './connection.ts';

export const ConnectionContext = createContext<Connection | null>(null);

/** How the page's WebSocket stands, as it changes. */
export const useConnection = (): ConnectionState => {
  const connection = use(ConnectionContext);
  if (connection === null) throw new Error('useConnection: there is no ConnectionContext above.');
  return useSyncExternalStore(connection.subscribe, connection.state);
};
