import type { ConnectionOptions } from 'node:tls';
import type { SentinelUrl } from '../../platform/index.ts';

/** Where to ask for the master, and how to speak with it and with its Sentinels. */
export interface MasterPlace {
  readonly url: SentinelUrl;
  /** Undefined: in plain text. */
  readonly tls: ConnectionOptions | undefined;
}
