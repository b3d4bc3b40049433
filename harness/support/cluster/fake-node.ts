import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** Answers whatever it is asked with how it sees the cluster. */
export class FakeNode implements AsyncDisposable {
  /** Lines of CLUSTER NODES. */
  sees: readonly string[] = [];
  asked = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async open(): Promise<FakeNode> {
    const node = new FakeNode();
    node.#server.listen(0, '127.0.0.1');
    await once(node.#server, 'listening');
    return node;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => {
      this.asked += 1;
      const text = `${this.sees.join('\n')}\n`;
      socket.write(`$${text.length}\r\n${text}\r\n`);
    });
  }
}

const HALVES = ['0-8191', '8192-16383'];

/** How one of them sees all, itself among them: the first two have the slots. */
export const seenBy = (own: string, all: Readonly<Record<string, FakeNode>>, epoch: number): readonly string[] =>
  Object.entries(all).map(([id, { port }], nth) => {
    const flags = id === own ? 'myself,master' : 'master';
    return `${id} 127.0.0.1:${port}@1 ${flags} - 0 0 ${epoch} connected ${HALVES[nth] ?? ''}`;
  });

/** From now on these are a cluster. */
export const form = (all: Readonly<Record<string, FakeNode>>, epoch: number): void => {
  for (const [id, node] of Object.entries(all)) node.sees = seenBy(id, all, epoch);
};
