import type { Socket } from 'node:net';
import { guarded, ignored, type Limits, SIGNALS } from '../platform/index.ts';
import { OpenByKey } from './open-by-key.ts';

const LOOK_EVERY_MS = 250;

interface Connection {
  /** Bytes that the client's side had taken when it was last looked at, and since when it has taken no more. */
  taken: number;
  sinceMs: number;
  /** Ends it with a word, where its protocol has one. */
  cut: () => void;
}

const cutFor = (why: 'behind' | 'stalled' | 'memory', cut: () => void): void => {
  SIGNALS.readerCut.tell({ why });
  cut();
};

type Bounds = Pick<Limits, 'connectionsPerAddress' | 'connectionBuffer' | 'processBuffer' | 'stalledSeconds'>;

/**
 * What waits for clients to read it, in every lane: answers, streams, and what WebSockets are sent. All of it lies in the
 * buffers of their connections. Whoever lets too much pile up, or takes nothing for too long, is cut off: else those who do
 * not read would hold the memory of those who do.
 */
export class Connections implements Disposable {
  readonly #open = new Map<Socket, Connection>();
  readonly #perAddress = new OpenByKey();
  readonly #refused = new WeakSet<Socket>();
  readonly #bounds: Bounds;
  readonly #timer: NodeJS.Timeout;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
    this.#timer = setInterval(
      guarded(() => this.#look(performance.now()), ignored),
      LOOK_EVERY_MS,
    ).unref();
  }

  get size(): number {
    return this.#open.size;
  }

  /** False when its address has as many as it may. */
  admit(socket: Socket): boolean {
    if (!this.#perAddress.admit(socket.remoteAddress ?? '', socket, this.#bounds.connectionsPerAddress)) {
      this.#refused.add(socket);
      return false;
    }
    this.#open.set(socket, { taken: 0, sinceMs: performance.now(), cut: () => socket.destroy() });
    socket.once(
      'close',
      guarded(() => this.#open.delete(socket), ignored),
    );
    return true;
  }

  hasRefused(socket: Socket): boolean {
    return this.#refused.has(socket);
  }

  /** How to cut a connection off that has become a WebSocket. */
  cutBy(socket: Socket, cut: () => void): void {
    const connection = this.#open.get(socket);
    if (connection !== undefined) connection.cut = cut;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  #look(nowMs: number): void {
    const waiting = [...this.#open].filter(([socket, connection]) => {
      const taken = socket.bytesWritten - socket.writableLength;
      if (socket.writableLength === 0 || taken > connection.taken) Object.assign(connection, { taken, sinceMs: nowMs });
      return socket.writableLength > 0;
    });
    const { connectionBuffer, stalledSeconds } = this.#bounds;
    for (const [socket, { sinceMs, cut }] of waiting) {
      if (socket.writableLength > connectionBuffer) cutFor('behind', cut);
      else if (nowMs - sinceMs > stalledSeconds * 1_000) cutFor('stalled', cut);
    }
    this.#lighten(waiting);
  }

  /** The heaviest first, until the process holds no more than it may. */
  #lighten(waiting: readonly (readonly [Socket, Connection])[]): void {
    const { processBuffer } = this.#bounds;
    let held = waiting.reduce((sum, [socket]) => sum + socket.writableLength, 0);
    if (held <= processBuffer) return;
    for (const [socket, { cut }] of waiting.toSorted(([a], [b]) => b.writableLength - a.writableLength)) {
      if (held <= processBuffer) return;
      held -= socket.writableLength;
      cutFor('memory', cut);
    }
  }
}
