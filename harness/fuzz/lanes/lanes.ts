import { assertNever } from '../../../src/platform/index.ts';
import type { Operation } from '../operation/operation.ts';
import { type Exchange, payloadOf } from './exchange.ts';
import { HttpLanes } from './http.ts';
import { Socket } from './socket.ts';

/** A longer message ends the socket, as it should: that is the client's own doing. */
const MAX_MESSAGE_BYTES = 65_000;
/** Operations on one socket before another one is opened. */
const MAX_ON_SOCKET = 200;
const VIEWER = /^[\x21-\x7e]{1,200}$/;

const fitsSocket = (operation: Operation): boolean =>
  Buffer.byteLength(payloadOf(operation)) < MAX_MESSAGE_BYTES &&
  (operation.viewer === null || VIEWER.test(operation.viewer));

interface Open {
  readonly socket: Socket;
  left: number;
}

/** Every way to one panier. */
export class Lanes implements AsyncDisposable {
  readonly #url: string;
  readonly #http: HttpLanes;
  readonly #sockets = new Map<string | null, Open>();
  readonly #all = new Set<Socket>();

  constructor(url: string) {
    this.#url = url;
    this.#http = new HttpLanes(url);
  }

  /** Sends it beside others, which a WebSocket that is closed takes along. */
  send(operation: Operation): Promise<Exchange> {
    return this.#send(operation, () => this.#socketOf(operation.viewer));
  }

  /** Sends it on a connection of its own: whatever happens to that is its own doing. */
  async sendAlone(operation: Operation): Promise<Exchange> {
    const sockets: Socket[] = [];
    const open = (): Socket => {
      const socket = new Socket(this.#url, operation.viewer);
      sockets.push(socket);
      return socket;
    };
    try {
      return await this.#send(operation, open);
    } finally {
      for (const socket of sockets) socket.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#all) socket.close();
    await this.#http[Symbol.asyncDispose]();
  }

  #send(operation: Operation, socket: () => Socket): Promise<Exchange> {
    const { lane } = operation;
    switch (lane) {
      case 'post':
      case 'get':
      case 'sse':
        return this.#http.send(operation, lane);
      case 'ws':
        if (fitsSocket(operation)) return socket().send(operation);
        return this.#http.send(operation, operation.type === 'subscription' ? 'sse' : 'post');
    }
    return assertNever(lane);
  }

  #socketOf(viewer: string | null): Socket {
    const open = this.#sockets.get(viewer);
    if (open?.socket.isOpen && open.left > 0) {
      open.left -= 1;
      return open.socket;
    }
    const socket = new Socket(this.#url, viewer);
    this.#all.add(socket);
    this.#sockets.set(viewer, { socket, left: MAX_ON_SOCKET });
    return socket;
  }
}
