import { connect, isIP, Socket } from 'node:net';
import { type ConnectionOptions, connect as connectByTls, type TLSSocket } from 'node:tls';
import { AbstractConnector } from 'ioredis';
import { guarded, ignored, type ServerAddress } from '../platform/index.ts';

/** Leads the connections of one client to where others say, who are asked anew for each. */
export abstract class GuidedConnector extends AbstractConnector {
  readonly #tls: ConnectionOptions | undefined;
  #address: ServerAddress | null = null;

  /** Without `tls`: in plain text. */
  constructor(disconnectTimeout: number, tls: ConnectionOptions | undefined) {
    super(disconnectTimeout);
    this.#tls = tls;
  }

  /** Where to. */
  protected abstract choose(): Promise<ServerAddress>;

  override async connect(): Promise<Socket | TLSSocket> {
    this.connecting = true;
    this.#address = null;
    try {
      const address = await this.choose();
      this.stream = this.connecting ? this.#join(address) : this.#nowhere(new Error('Connection is closed.'));
    } catch (error) {
      this.stream = this.#nowhere(error as Error);
    }
    return this.stream;
  }

  /** Ends the connection that there is, unless it leads to the right place. */
  protected leaveUnless(isRight: (address: ServerAddress) => boolean): void {
    if (this.#address !== null && !isRight(this.#address)) this.stream.destroy();
  }

  #join(address: ServerAddress): Socket | TLSSocket {
    const { host } = address;
    this.#address = address;
    const servername = isIP(host) === 0 ? host : '';
    const stream = this.#tls === undefined ? connect(address) : connectByTls({ ...this.#tls, ...address, servername });
    const fail = (error: Error): void => {
      this.firstError = error;
    };
    stream.once('error', guarded(fail, ignored));
    return stream;
  }

  // A connector that fails would end its client for good; a connection that never came about is tried again.
  #nowhere(error: Error): Socket {
    this.firstError = error;
    return new Socket().destroy();
  }
}
