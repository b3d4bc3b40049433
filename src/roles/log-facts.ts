import { about, insideSpan, type Logger, SIGNALS, traceIdIn } from '../platform/index.ts';

/** One line for each saga that ends: by the process that stored its last event, once that is committed. */
export const logSagaEnds = (logger: Logger): Disposable =>
  SIGNALS.sagaEnded.hear(({ orderId, outcome, tookMs, isFirst, traceparent }) => {
    if (!isFirst) return;
    const facts = { orderId, correlationId: orderId, traceId: traceIdIn(traceparent) };
    const log = (): void => logger.info({ outcome, tookMs: Math.round(tookMs) }, 'A saga has ended');
    // Outside the span of its delivery, which may be in another order's trace.
    insideSpan(undefined, () => about(facts, log));
  });

/** One line for each thing that an operator does to panier itself. */
export const logActs = (logger: Logger): Disposable =>
  SIGNALS.operatorActed.hear((acted) => logger.info(acted, 'An operator has acted'));
