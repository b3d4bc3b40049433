import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guarded, ignored, type Logger } from '../platform/index.ts';

/** An address and a port; 0 takes any free port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The variable that a port was set by, and what else would do where the port is taken. */
export interface PortSetting {
  readonly variable: string;
  /** What the host was set by; by default HOST. */
  readonly hostVariable?: string;
  readonly otherwise?: string;
}

/** The address cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

interface Asked extends Address {
  readonly setting: PortSetting;
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException, { host, port, setting }: Asked): string => {
  const { variable, hostVariable = 'HOST', otherwise } = setting;
  switch (code ?? '') {
    case 'EADDRINUSE':
      return `${variable}=${port} is taken: stop the other program or set ${variable}${otherwise === undefined ? '' : `, or ${otherwise}`}`;
    case 'EADDRNOTAVAIL':
      return `${hostVariable}=${host} is no address of this machine: set ${hostVariable} to one of its addresses, or to 0.0.0.0 for all`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${hostVariable}=${host} is a name that leads to no address: set ${hostVariable} to an address of this machine`;
    case 'EACCES':
      return `${variable}=${port} may not be used by this user: set ${variable} to 1024 or more`;
    default:
      return `Cannot listen on ${host}:${port} (${message}): set ${hostVariable} and ${variable}`;
  }
};

interface Listening {
  readonly setting: PortSetting;
  readonly logger: Logger;
}

/** Where it listens then, without a scheme: `127.0.0.1:4000`. @throws {ListenError} */
export const listen = async (
  server: Server,
  { host, port }: Address,
  { setting, logger }: Listening,
): Promise<string> => {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(reasonOf(error as NodeJS.ErrnoException, { host, port, setting }), { cause: error });
  }
  // As when there are more connections than the process may have files.
  server.on(
    'error',
    guarded((error) => logger.error({ error }, 'The server cannot accept connections'), ignored),
  );
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return `${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
};
