import { isReceived, remoteOf, SAGA_GROUP, SAGA_STREAMS } from '../saga/index.ts';
import { consume } from './consume.ts';
import type { Start } from './start.ts';

export const startSaga = (start: Start): void => {
  const { handle, startCalls } = start.modules.saga;
  const { config, logger, started } = start;
  started.use(startCalls({ logger, remote: remoteOf(config.inventory, logger) }));
  consume(start, { by: 'saga', group: SAGA_GROUP, streams: SAGA_STREAMS, handle, rests: true, concerns: isReceived });
};
