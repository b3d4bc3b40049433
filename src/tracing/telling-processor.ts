import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { SIGNALS } from '../platform/index.ts';

const { spansCounted } = SIGNALS;
const BEGUN = { state: 'begun', spans: 1 } as const;
const ENDED = { state: 'ended', spans: 1 } as const;

const nothing = async (): Promise<void> => undefined;

/** Tells of every recorded span that begins and ends: one that is never ended is never sent, and nothing else would show it. */
export const tellingProcessor = (): SpanProcessor => ({
  onStart: () => spansCounted.tell(BEGUN),
  onEnd: () => spansCounted.tell(ENDED),
  forceFlush: nothing,
  shutdown: nothing,
});
