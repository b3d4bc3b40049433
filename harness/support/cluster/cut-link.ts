import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
  readonly source: string;
}

/** A TCP link that is cut for some of those who come by it, and stays as it is for all others. */
export class CutLink implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: () => number;
  readonly #pairs = new Set<Pair>();
  #isCut: (source: string) => boolean = () => false;

  private constructor(server: Server, target: () => number) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (client) => this.#accept(client));
  }

  static async open(target: () => number): Promise<CutLink> {
    const server = createServer();
    const link = new CutLink(server, target);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return link;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** By the address that somebody comes from. */
  cut(isCut: (source: string) => boolean): void {
    this.#isCut = isCut;
    for (const pair of this.#pairs) if (isCut(pair.source)) this.#end(pair);
  }

  heal(): void {
    this.#isCut = () => false;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const pair of this.#pairs) this.#end(pair);
  }

  #accept(client: Socket): void {
    client.on('error', () => {});
    const source = client.remoteAddress ?? '';
    if (this.#isCut(source)) return void client.resetAndDestroy();
    const upstream = connect(this.#target(), '127.0.0.1');
    const pair = { client, upstream, source };
    this.#pairs.add(pair);
    upstream.on('error', () => {});
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.setNoDelay(true);
      from.pipe(to);
      from.once('close', () => this.#end(pair));
    }
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair);
    for (const socket of [pair.client, pair.upstream]) if (!socket.destroyed) socket.resetAndDestroy();
  }
}
