import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { sleep } from '../../src/platform/index.ts';

const PROBE_MS = 250;
const PROBE_PATIENCE_MS = 2_000;

/** One gateway behind the balancer. */
interface Backend {
  readonly url: URL;
  isServing: boolean;
}

const probe = (url: URL, path: string): Promise<Response> =>
  fetch(new URL(path, url), { signal: AbortSignal.timeout(PROBE_PATIENCE_MS) });

const isServing = async (url: URL): Promise<boolean> => {
  try {
    const { ok, status } = await probe(url, '/readyz/serving');
    // An older version has no such check.
    return status === 404 ? (await probe(url, '/readyz')).ok : ok;
  } catch {
    return false;
  }
};

/** Connections by turns to the gateways whose /readyz/serving says 200; one that is refused is tried at the next. As any load balancer does. */
export class Balancer implements AsyncDisposable {
  /** Where GraphQL answers through it. */
  readonly url: string;
  readonly #server: Server;
  readonly #backends: Backend[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #closing = new AbortController();
  readonly #probing: Promise<void>;
  #turn = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    server.on('connection', (client) => void this.#accept(client));
    this.#probing = this.#probe();
  }

  static async open(): Promise<Balancer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Balancer(server);
  }

  /** Resolves when the gateway serves, and has connections from then on. */
  async add(url: string): Promise<void> {
    const backend: Backend = { url: new URL(url), isServing: false };
    this.#backends.push(backend);
    while (!backend.isServing && !this.#closing.signal.aborted) await sleep(PROBE_MS, this.#closing.signal);
  }

  /** Takes out one that has ended; connections that it has are its own to close. */
  remove(url: string): void {
    const index = this.#backends.findIndex((backend) => backend.url.href === url);
    if (index !== -1) this.#backends.splice(index, 1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await this.#probing;
  }

  async #probe(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const probes = this.#backends.map(async (backend) => {
        backend.isServing = await isServing(backend.url);
      });
      await Promise.all(probes);
      await sleep(PROBE_MS, signal);
    }
  }

  async #accept(client: Socket): Promise<void> {
    this.#track(client);
    const serving = this.#backends.filter((backend) => backend.isServing);
    this.#turn += 1;
    for (let tried = 0; tried < serving.length; tried += 1) {
      const backend = serving[(this.#turn + tried) % serving.length];
      const upstream = backend === undefined ? null : await this.#connected(backend);
      if (upstream !== null) return this.#join(client, upstream);
    }
    client.resetAndDestroy();
  }

  async #connected({ url }: Backend): Promise<Socket | null> {
    const upstream = connect(Number(url.port), url.hostname);
    this.#track(upstream);
    const isConnected = await once(upstream, 'connect').then(
      () => true,
      () => false,
    );
    return isConnected ? upstream : null;
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #join(client: Socket, upstream: Socket): void {
    client.pipe(upstream).pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  }
}
