import type { IncomingMessage } from 'node:http';
import { guarded, ignored } from '../platform/index.ts';

/** How long a body that is too long may still flow: cut off at once, the connection would take the answer with it. */
const DRAIN_MS = 500;

interface Reading {
  readonly maxBytes: number;
  /** Called once, with the whole body or with null when it is too long; never when the client goes away before its end. */
  readonly whenRead: (body: Buffer | null) => void;
}

/** A body as it comes in. It keeps no more than it may. */
class Incoming {
  readonly #request: IncomingMessage;
  readonly #reading: Reading;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #isOver = false;
  #drain: NodeJS.Timeout | undefined;

  constructor(request: IncomingMessage, reading: Reading) {
    this.#request = request;
    this.#reading = reading;
  }

  readonly add = (chunk: Buffer): void => {
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#reading.maxBytes) return void this.#chunks.push(chunk);
    this.#chunks = [];
    this.#drain ??= this.#startDrain();
  };

  readonly end = (): void => {
    if (this.#isOver) return;
    this.#abandon();
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#reading.whenRead(this.#bytes > this.#reading.maxBytes ? null : whole);
  };

  /** Without a word to whoever waits for it. */
  readonly #abandon = (): void => {
    this.#isOver = true;
    clearTimeout(this.#drain);
  };

  #startDrain(): NodeJS.Timeout {
    this.#request.once('close', guarded(this.#abandon, ignored));
    return setTimeout(guarded(this.end, ignored), DRAIN_MS);
  }
}

/** Reads the whole body, within a bound of bytes. `whenRead` must not throw. */
export const readBody = (request: IncomingMessage, reading: Reading): void => {
  const incoming = new Incoming(request, reading);
  const giveUp = (): void => void request.destroy();
  request.on('data', guarded(incoming.add, giveUp));
  request.on('end', guarded(incoming.end, giveUp));
  // Without a listener the error of a client that hangs up would end the process.
  request.on('error', ignored);
};
