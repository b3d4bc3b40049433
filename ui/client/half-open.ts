import type { Client as Socket } from 'graphql-ws';

/** From the beginning of a connection to panier's word that it stands. */
const OPENS_WITHIN_MS = 10_000;
/** From a ping to whatever panier says next. */
const ANSWERS_WITHIN_MS = 5_000;

/** Calls `over` when what has begun does not end within that time. */
const deadline = (withinMs: number, over: () => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (): void => clearTimeout(timer);
  const begin = (): void => {
    end();
    timer = setTimeout(over, withinMs);
  };
  return { begin, end };
};

/**
 * Ends a connection that leads nowhere, though nobody has closed it: that of a machine that slept, or behind a network that is gone.
 * The browser would hold it for an open one for many minutes, and the page look live.
 */
export const endHalfOpen = (socket: Pick<Socket, 'on' | 'terminate'>): void => {
  const opening = deadline(OPENS_WITHIN_MS, () => socket.terminate());
  const answering = deadline(ANSWERS_WITHIN_MS, () => socket.terminate());
  socket.on('connecting', opening.begin);
  socket.on('connected', opening.end);
  socket.on('ping', (isReceived) => (isReceived ? undefined : answering.begin()));
  socket.on('message', answering.end);
  socket.on('closed', () => {
    opening.end();
    answering.end();
  });
};
