import { described, type TraceRule } from './evidence.ts';

/** A clock tells milliseconds, and two processes read it one after the other. */
const NOISE_MICROS = 5_000;

/** What was caused does not begin before what caused it; not known where a clock was set wrong, and right at the next start. */
export const timesNest: TraceRule = function* ({ spans }, { sharesClock }) {
  if (!sharesClock) return;
  for (const span of spans.values()) {
    const parent = spans.get(span.parentId ?? '');
    if (parent === undefined) continue;
    const earlyMicros = parent.startMicros - span.startMicros;
    if (earlyMicros > NOISE_MICROS)
      yield `${described(span)} begins ${(earlyMicros / 1_000).toFixed(1)} ms before ${described(parent)}`;
  }
};
