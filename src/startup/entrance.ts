import { type Access, Gate, type PageSignIn, pageSignInOf } from '../access/index.ts';
import type { Logger, TokenConfig } from '../platform/index.ts';
import { StartupError } from './startup-error.ts';

/** Who is let in, and by which pages. */
export interface OpenEntrance extends AsyncDisposable {
  readonly gate: Gate;
  readonly page: PageSignIn | null;
}

interface EntranceParts {
  readonly config: TokenConfig;
  readonly access: Access;
  readonly logger: Logger;
}

/** @throws {StartupError} without a key: nobody could sign in */
export const openEntrance = ({ config, access, logger }: EntranceParts): OpenEntrance => {
  const { key } = config;
  if (key === null) throw new StartupError('The gateway has no key to verify tokens with: set PANIER_JWT_SECRET.');
  const gate = new Gate({ config, key, access, logger });
  return { gate, page: pageSignInOf(config), [Symbol.asyncDispose]: () => gate[Symbol.asyncDispose]() };
};
