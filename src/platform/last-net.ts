import { randomUUID } from 'node:crypto';
import { currentExchange } from './exchange.ts';
import type { Logger } from './logger.ts';

interface LastNet {
  readonly logger: Logger;
  /** Told, once, that something was thrown in no exchange: what the process is in the middle of is not known any more. */
  readonly onBroken: () => void;
}

/**
 * Catches what was thrown and is nobody's. In an exchange it is a defect in the answer to one stranger: logged, and that
 * exchange is broken off. On a connection to a server it is that connection's. Elsewhere the process is not to be trusted any more, and stops in order. See ADR-035.
 */
export const spreadLastNet = ({ logger, onBroken }: LastNet): Disposable => {
  let isBroken = false;
  const onStray = (error: unknown): void => {
    const correlationId = randomUUID();
    const exchange = currentExchange();
    if (exchange?.kind === 'Server') {
      logger.warn({ error, correlationId }, 'A server said what makes no sense: its connection is broken off');
      return exchange.breakOff();
    }
    if (exchange !== undefined) {
      logger.error({ error, correlationId, exchange: exchange.kind }, 'Uncaught in an exchange, which is broken off');
      return exchange.breakOff();
    }
    logger.fatal({ error, correlationId }, 'Uncaught outside of any exchange: the process stops');
    if (!isBroken) onBroken();
    isBroken = true;
  };
  process.on('uncaughtException', onStray);
  process.on('unhandledRejection', onStray);
  return {
    [Symbol.dispose]: () => {
      process.off('uncaughtException', onStray);
      process.off('unhandledRejection', onStray);
    },
  };
};
