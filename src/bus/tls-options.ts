import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { RedisTlsFiles } from '../platform/index.ts';

/** What the file holds now; where it cannot be read, what it held before. */
const rereading = (file: string | undefined): (() => string | undefined) => {
  if (file === undefined) return () => undefined;
  let held = readFileSync(file, 'utf8');
  return () => {
    try {
      held = readFileSync(file, 'utf8');
    } catch {
      // While a certificate is being renewed there may be none.
    }
    return held;
  };
};

/**
 * For connections by TLS. The files are read again at each connect, when the client takes what stands here over into its
 * socket: a certificate may be renewed under a running process. @throws when a file cannot be read.
 */
export const tlsOptions = (files: RedisTlsFiles | undefined): ConnectionOptions => {
  const [ca, cert, key] = [rereading(files?.caFile), rereading(files?.certFile), rereading(files?.keyFile)];
  return {
    get ca() {
      return ca();
    },
    get cert() {
      return cert();
    },
    get key() {
      return key();
    },
  };
};
