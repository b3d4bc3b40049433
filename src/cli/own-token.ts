import { SCOPES, signToken } from '../access/index.ts';
import { type Config, type TokenConfig, type TokenKey } from '../platform/index.ts';
import { tokenKeyOf } from '../servers/index.ts';
import { StartupError } from '../startup/index.ts';

/** As all who share the data directory say it in their tokens. */
const DEVELOPMENT_ISSUER = 'panier';
const TTL_SECONDS = 86_400;

/** Whose tokens are believed: as configured, or those of the data directory's key, which is made if need be. @throws {ServersError} */
export const tokensOf = ({ tokens, dataDir }: Config): TokenConfig & { readonly key: TokenKey } => {
  const { key } = tokens;
  if (key !== null) return { ...tokens, key };
  const issuer = tokens.issuer ?? DEVELOPMENT_ISSUER;
  return { ...tokens, issuer, key: { kind: 'Development', secret: tokenKeyOf(dataDir) } };
};

/** What tokens are signed with here. @throws {StartupError} when that is known elsewhere only */
export const signingOf = (config: Config): { readonly secret: Buffer; readonly tokens: TokenConfig } => {
  const tokens = tokensOf(config);
  if ('secret' in tokens.key) return { secret: tokens.key.secret, tokens };
  throw new StartupError(
    'The tokens of this panier are signed by whoever has the private key (PANIER_JWT_PUBLIC_KEY, PANIER_JWT_JWKS_URL): get one there, and set PANIER_TOKEN to it where panier asks itself.',
  );
};

/** What panier's own clients sign in with: `PANIER_TOKEN`, or an operator's token of their own. @throws as {@link signingOf} */
export const ownTokenOf = async (config: Config): Promise<string> => {
  if (config.ownToken !== undefined) return config.ownToken;
  const { secret, tokens } = signingOf(config);
  return signToken(secret, tokens, { role: 'operator', subject: 'panier', scopes: SCOPES, ttlSeconds: TTL_SECONDS });
};
