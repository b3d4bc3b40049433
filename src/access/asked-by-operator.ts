import type { IncomingMessage } from 'node:http';
import { credentialsIn } from './credentials.ts';
import type { Gate } from './gate.ts';
import type { PageSignIn } from './page-sign-in.ts';
import type { Rates } from './rates/open-rates.ts';

interface Asked {
  readonly gate: Pick<Gate, 'admit'>;
  readonly page: PageSignIn | null;
  readonly rates: Rates;
  readonly addressOf: (request: IncomingMessage) => string;
}

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
