import type { Config, Logger } from '../platform/index.ts';
import type { Stores } from '../startup/index.ts';

/** What all roles of a process are made of. */
export interface Parts {
  readonly config: Config;
  readonly logger: Logger;
  readonly stores: Stores;
  /** The documents of panier's own clients, by their hash. */
  readonly ownDocuments: Readonly<Record<string, string>>;
}
