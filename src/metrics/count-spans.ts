import { SIGNALS } from '../platform/index.ts';
import type { Registered } from './registered.ts';

/** Counts the spans of traces that are recorded, by how far they came. */
export const countSpans = ({ counter }: Registered): Disposable => {
  const spans = counter({
    name: 'spans_total',
    help: 'Spans of recorded traces, by how far they came: begun, ended, sent, lost.',
    labelNames: ['state'],
  });
  return SIGNALS.spansCounted.hear(({ state, spans: many }) => spans.inc({ state }, many));
};
