import { Socket } from 'node:net';

/**
 * A socket that sends what is asked for in one turn together. The driver corks it for each query, and sends a packet for
 * each: here the last one of the turn lets go. A system call costs the process more than most of what it sends.
 */
export class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}
