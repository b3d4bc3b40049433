import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address and a port; 0 takes any free port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The address cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException, { host, port }: Address): string => {
  switch (code ?? '') {
    case 'EADDRINUSE':
      return `PORT=${port} is taken: stop the other program or set PORT`;
    case 'EADDRNOTAVAIL':
      return `HOST=${host} is no address of this machine: set HOST to one of its addresses, or to 0.0.0.0 for all`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is a name that leads to no address: set HOST to an address of this machine`;
    case 'EACCES':
      return `PORT=${port} may not be used by this user: set PORT to 1024 or more`;
    default:
      return `Cannot listen on ${host}:${port} (${message}): set HOST and PORT`;
  }
};

/** Where it listens then, without a scheme: `127.0.0.1:4000`. @throws {ListenError} */
export const listen = async (server: Server, { host, port }: Address): Promise<string> => {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(reasonOf(error as NodeJS.ErrnoException, { host, port }), { cause: error });
  }
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return `${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
};
