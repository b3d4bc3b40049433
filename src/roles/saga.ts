import { SAGA_GROUP, SAGA_STREAMS } from '../saga/index.ts';
import { consume } from './consume.ts';
import type { Start } from './start.ts';

export const startSaga = (start: Start): void => {
  const { handle } = start.modules.saga;
  consume(start, { by: 'saga', group: SAGA_GROUP, streams: SAGA_STREAMS, handle, rests: true });
};
