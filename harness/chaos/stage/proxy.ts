import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { sleep } from '../../../src/platform/index.ts';
import { type Direction, openDirection } from './direction.ts';

export type ProxyMode =
  | { readonly type: 'Pass' }
  | { readonly type: 'Latency'; readonly ms: number }
  /** Nothing arrives and nothing is told: a half-open connection. What was sent arrives after all once it heals. */
  | { readonly type: 'BlackHole' }
  | { readonly type: 'Refuse' }
  /** The connection ends instead of passing a reply that matches: what was asked was done, and nobody hears of it. */
  | { readonly type: 'LoseReplies'; readonly isLost: (reply: Buffer) => boolean };

const PASS: ProxyMode = { type: 'Pass' };
const BLACK_HOLE_POLL_MS = 50;

/** A TCP link that can be made to misbehave. */
export class Proxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: () => number;
  readonly #sockets = new Set<Socket>();
  #mode: ProxyMode = PASS;

  private constructor(server: Server, target: () => number) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client) => void this.#accept(client));
  }

  /** Listens on a free port of the address; `target` says, at each connection, which port of this machine it leads to. */
  static async open(target: () => number, address = '127.0.0.1'): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server, target);
    server.listen(0, address);
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get mode(): ProxyMode {
    return this.#mode;
  }

  become(mode: ProxyMode): void {
    this.#mode = mode;
    if (mode.type === 'Refuse') this.reset();
  }

  heal(): void {
    this.#mode = PASS;
  }

  /** Ends every connection at once. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.heal();
    this.#server.close();
    this.reset();
  }

  async #accept(client: Socket): Promise<void> {
    client.on('error', () => {});
    if (this.#mode.type === 'Refuse') return void client.resetAndDestroy();
    await this.#passable();
    const upstream = connect(this.#target(), '127.0.0.1');
    upstream.on('error', () => {});
    for (const socket of [client, upstream]) this.#track(socket);
    this.#join(client, upstream, () => false);
    this.#join(upstream, client, (chunk) => this.#mode.type === 'LoseReplies' && this.#mode.isLost(chunk));
  }

  #track(socket: Socket): void {
    socket.setNoDelay(true);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #join(from: Socket, to: Socket, isLost: (chunk: Buffer) => boolean): void {
    const direction: Direction = openDirection({
      isClear: () => this.#mode.type !== 'Latency' && this.#mode.type !== 'BlackHole',
      passable: () => this.#passable(),
    });
    from.on('data', (chunk: Buffer) => {
      direction.pass(() => {
        if (isLost(chunk)) from.destroy();
        else if (!to.destroyed && !to.write(chunk) && from.readable) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
    });
    from.once('end', () => direction.pass(() => to.end()));
    from.once('close', () => direction.pass(() => to.destroy()));
  }

  async #passable(): Promise<void> {
    if (this.#mode.type === 'Latency') await sleep(this.#mode.ms);
    while (this.#mode.type === 'BlackHole') await sleep(BLACK_HOLE_POLL_MS);
  }
}
