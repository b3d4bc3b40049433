import type { Writable } from 'node:stream';
import { guarded } from './guarded.ts';

/** What is written to a socket from here to the end of the turn goes out together: a system call costs more than most of what it sends. */
export const gather = (socket: Writable): void => {
  if (socket.writableCorked > 0) return;
  socket.cork();
  process.nextTick(
    guarded(
      () => socket.uncork(),
      () => void socket.destroy(),
    ),
  );
};
