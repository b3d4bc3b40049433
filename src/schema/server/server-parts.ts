import type { Rates } from '../../access/index.ts';
import type { Probed } from '../../http/index.ts';
import type { Logger } from '../../platform/index.ts';
import type { Modules } from '../context.ts';
import type { ReadingCopy } from '../reading.ts';
import type { Entrance } from './entrance.ts';

/** What a server serves, and what it needs for that. */
export interface ServerParts extends Modules, Entrance, Probed {
  readonly logger: Logger;
  /** How often clients may ask. */
  readonly rates: Rates;
  /** Copies that queries may be read from. */
  readonly copies?: readonly ReadingCopy[];
}
