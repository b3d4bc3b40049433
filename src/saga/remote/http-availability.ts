import { type InventoryConfig, type Logger, systemClock } from '../../platform/index.ts';
import { type AskAvailable, Availability } from './availability.ts';
import { Breaker } from './breaker.ts';
import { countedAvailability } from './counted-inventory.ts';
import { authorization, productUrl } from './http-inventory.ts';
import { availableIn, isRefusal } from './outcome.ts';
import { readBounded } from './read-bounded.ts';

/** Whoever looks at a product waits for no longer, whatever calls may take. */
const MAX_MS = 500;

/** Asks over HTTP; null for every answer but a number, and for none. A product that is unknown there has no units. */
export const askOverHttp = (
  config: Pick<InventoryConfig, 'url' | 'token' | 'timeoutMs'>,
  logger: Logger,
): AskAvailable =>
  countedAvailability(async (productId) => {
    const url = productUrl(config, productId);
    try {
      const response = await fetch(url, {
        headers: { ...authorization(config), accept: 'application/json' },
        redirect: 'manual',
        signal: AbortSignal.timeout(Math.min(config.timeoutMs, MAX_MS)),
      });
      const body = await readBounded(response.body);
      logger.debug({ url, status: response.status }, 'the inventory was asked what is available');
      if (isRefusal({ status: response.status, body, retryAfter: null })) return 0;
      return response.status === 200 ? availableIn(body) : null;
    } catch (error) {
      logger.debug({ error, url }, 'the inventory did not answer what is available');
      return null;
    }
  });

/** What the inventory has, to be shown; null where the ledger keeps the stock that new orders take. */
export const availabilityOf = (config: InventoryConfig | null, logger: Logger): Availability | null =>
  config === null || config.newOrders === 'ledger'
    ? null
    : new Availability({
        ask: askOverHttp(config, logger),
        breaker: new Breaker({ clock: systemClock, logger }),
        concurrency: config.concurrency,
        nowMs: systemClock.nowMs,
      });
