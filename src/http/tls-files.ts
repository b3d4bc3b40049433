import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { guarded, type Logger, type TlsFiles } from '../platform/index.ts';
import { ListenError } from './listen.ts';

/** A certificate's chain and its private key, in PEM. */
export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}

const LOOK_EVERY_MS = 10_000;

/** @throws {ListenError} when they cannot be read, are none, or do not belong together. */
export const readCertificate = async ({ certFile, keyFile }: TlsFiles): Promise<Certificate> => {
  try {
    const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    const advice = 'set them to a certificate and the private key that belongs to it, in PEM, which panier may read';
    throw new ListenError(`PANIER_TLS_CERT and PANIER_TLS_KEY cannot be used (${reason}): ${advice}`, { cause: error });
  }
};

const ageOf = async ({ certFile, keyFile }: TlsFiles): Promise<string> => {
  const stats = await Promise.all([stat(certFile), stat(keyFile)]);
  return stats.map(({ mtimeMs }) => mtimeMs).join(' ');
};

interface Watching {
  readonly logger: Logger;
  readonly renew: (certificate: Certificate) => void;
  readonly everyMs?: number;
}

/** Reads the files again when they change. One that cannot be used changes nothing: the last good one stays in use. */
export const watchCertificate = (files: TlsFiles, { logger, renew, everyMs = LOOK_EVERY_MS }: Watching): Disposable => {
  let used: string | null = null;
  const look = async (): Promise<void> => {
    const age = await ageOf(files);
    const isFirst = used === null;
    if (age === used) return;
    used = age;
    if (isFirst) return;
    renew(await readCertificate(files));
    logger.info('The certificate was read anew');
  };
  const fail = (error: unknown): void =>
    logger.error({ error }, 'The new certificate cannot be used; the old one stays');
  const timer = setInterval(guarded(look, fail), everyMs).unref();
  guarded(look, fail)();
  return { [Symbol.dispose]: () => clearInterval(timer) };
};
