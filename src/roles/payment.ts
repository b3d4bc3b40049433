import { isOthersWord, WRITE_GROUP, WRITE_STREAMS } from '../write/index.ts';
import { consume } from './consume.ts';
import type { Start } from './start.ts';

export const startPayment = (start: Start): void => {
  const { startTasks, handle } = start.modules.write;
  const { chargeBackoffMs: backoffMs, chargeGraceMs } = start.config;
  start.started.use(startTasks({ backoffMs, chargeGraceMs }));
  // It receives little, and the next step of an order waits for it.
  const consuming = { group: WRITE_GROUP, streams: WRITE_STREAMS, handle, rests: false, concerns: isOthersWord };
  consume(start, { by: 'payment', ...consuming });
};
