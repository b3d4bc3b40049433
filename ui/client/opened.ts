import type { Connection } from './connection.ts';

/** Settles when the connection opens the next time, or when it did not for so long. */
export const opened = (connection: Pick<Connection, 'state' | 'subscribe'>, longestMs: number): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const unsubscribe = connection.subscribe(() => {
      if (connection.state().kind === 'Open') end();
    });
    const timer = setTimeout(end, longestMs);
  });
