import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';

const CONNECT_MS = 2_000;

/** A connection on which anything may go wrong; null when there is none. */
export const openRaw = async (url: string): Promise<Socket | null> => {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  // Registered for good: what the other side does to it is its affair.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
    socket.resume();
    return socket;
  } catch {
    socket.destroy();
    return null;
  }
};

const trickle = async (random: Random, socket: Socket, bytes: Buffer): Promise<void> => {
  const step = Math.max(1, Math.ceil(bytes.length / random.integer(2, 10)));
  for (let at = 0; at < bytes.length && !socket.destroyed; at += step) {
    socket.write(bytes.subarray(at, at + step));
    await sleep(random.integer(1, 20));
  }
};

/** How a client leaves: it waits, half closes, resets, or goes at once. */
const LEAVES = ['waits', 'half-closes', 'resets', 'goes'] as const;

/** Sends bytes in some way, and leaves in some way. Answers with how it left. */
export const sendAndLeave = async (random: Random, socket: Socket, bytes: Buffer): Promise<string> => {
  if (random.chance(0.2)) await trickle(random, socket, bytes);
  else socket.write(bytes);
  const leaves = random.pick(LEAVES);
  if (leaves === 'half-closes') socket.end();
  if (leaves === 'resets') socket.resetAndDestroy();
  if (leaves === 'waits' || leaves === 'half-closes') await sleep(random.integer(5, 150));
  socket.destroy();
  return leaves;
};
