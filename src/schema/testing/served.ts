import { TOKEN_CONFIG } from '../../../harness/support/tokens.ts';
import { Gate, openRates } from '../../access/index.ts';
import { NO_RATE_LIMITS, type TokenKey } from '../../platform/index.ts';
import type { Modules } from '../context.ts';
import type { ServerParts } from '../server/server-parts.ts';
import { SILENT } from './run.ts';

/** What a server is started with that shows these modules, behind the gate whose tokens harness/support/tokens.ts signs. */
export const served = (modules: Modules, more: Partial<ServerParts> = {}): ServerParts => ({
  ...modules,
  logger: SILENT,
  ready: async () => ({}),
  serving: async () => true,
  gate: new Gate({ config: TOKEN_CONFIG, key: TOKEN_CONFIG.key as TokenKey, access: modules.access, logger: SILENT }),
  page: null,
  rates: openRates({ limits: NO_RATE_LIMITS, redis: null }),
  ...more,
});
