import type { EnvironmentReader } from './environment.ts';

/** Files in PEM for connections to Redis: whom to believe, and what to show. */
export interface RedisTlsFiles {
  readonly caFile: string | undefined;
  /** Its chain, and the private key of it; both or none. */
  readonly certFile: string | undefined;
  readonly keyFile: string | undefined;
}

const isPlain = (url: string): boolean => !/^rediss/i.test(url);

/** Undefined where the URLs of Redis say nothing of TLS, or what Node.js trusts in is enough. */
export const readRedisTls = (
  { text, problems }: EnvironmentReader,
  urls: readonly (string | undefined)[],
): RedisTlsFiles | undefined => {
  const caFile = text('PANIER_REDIS_TLS_CA');
  const [certFile, keyFile] = [text('PANIER_REDIS_TLS_CERT'), text('PANIER_REDIS_TLS_KEY')];
  if (caFile === undefined && certFile === undefined && keyFile === undefined) return undefined;
  if ((certFile === undefined) !== (keyFile === undefined))
    problems.push('PANIER_REDIS_TLS_CERT and PANIER_REDIS_TLS_KEY belong together: set both to files in PEM, or none.');
  const given = urls.filter((url) => url !== undefined);
  if (given.length > 0 && given.every(isPlain))
    problems.push(
      'PANIER_REDIS_TLS_… is set, and no URL of Redis asks for TLS: let it begin with rediss://, rediss+sentinel:// or rediss+cluster://, or leave those variables out.',
    );
  return { caFile, certFile, keyFile };
};
