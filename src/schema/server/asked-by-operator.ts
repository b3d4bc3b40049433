import type { IncomingMessage } from 'node:http';
import { credentialsIn } from '../../access/index.ts';
import type { Proxies } from '../../http/index.ts';
import type { ServerParts } from './server-parts.ts';

type Asked = Pick<ServerParts, 'gate' | 'page' | 'rates'> & Pick<Proxies, 'addressOf'>;

/**
 * Whether a request comes with an operator's token. One without any, or with one that is none, is a stranger's, and so is
 * one that comes more often than may be: to verify a token costs more than the answer. A ticket is not taken: it serves once.
 */
export const askedByOperator =
  ({ gate, page, rates, addressOf }: Asked) =>
  async (request: IncomingMessage): Promise<boolean> => {
    try {
      const credentials = credentialsIn(request.headers, { cookieName: page?.cookieName ?? null, ticket: null });
      if (credentials.kind === 'None' || rates.arrive(addressOf(request)) > 0) return false;
      const { viewer } = await gate.admit(credentials);
      return viewer.kind === 'Operator';
    } catch {
      return false;
    }
  };
