import type { ConnectionOptions } from 'node:tls';
import type { ClusterUrl, RedisTlsFiles, ServerAddress } from '../../platform/index.ts';

/** Where a cluster is, and how to speak with its nodes. */
export interface ClusterPlace {
  readonly url: ClusterUrl;
  /** Undefined: in plain text. */
  readonly tls: ConnectionOptions | undefined;
  readonly tlsFiles: RedisTlsFiles | undefined;
}

/** What a client of one node is opened with. */
export const nodeOptions = ({ host, port }: ServerAddress, { url, tls }: ClusterPlace) => {
  const { username, password } = url.account;
  return {
    host,
    port,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls !== undefined && { tls }),
  };
};
