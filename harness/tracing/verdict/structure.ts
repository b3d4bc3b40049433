import type { Span } from '../sink/index.ts';
import { described, type Evidence, type TraceRule, type TraceSeen } from './evidence.ts';

/** Source: docs/tracing.md. Whatever happens begins with somebody who asks. */
const ROOT_KIND = 'SERVER';

const isRoot = ({ parentId }: Span, { outside }: Evidence): boolean => parentId === null || outside.has(parentId);

/** The spans that nothing of their trace caused. */
const rootsOf = ({ spans }: TraceSeen, evidence: Evidence): readonly Span[] =>
  [...spans.values()].filter((span) => isRoot(span, evidence));

const isThere = ({ parentId }: Span, { spans }: TraceSeen): boolean => parentId !== null && spans.has(parentId);

/** Those whose parent never came, whatever the reason. */
const orphansOf = (trace: TraceSeen, evidence: Evidence): readonly Span[] =>
  [...trace.spans.values()].filter((span) => !isRoot(span, evidence) && !isThere(span, trace));

/** A root that was lost leaves an orphan that may be excused; a second root never is. */
export const oneRoot: TraceRule = function* (trace, evidence) {
  const roots = rootsOf(trace, evidence);
  if (roots.length > 1) yield `has ${roots.length} roots: ${roots.map(described).join(', ')}`;
  if (roots.length === 0 && orphansOf(trace, evidence).length === 0) yield 'has no root';
  for (const root of roots) if (root.kind !== ROOT_KIND) yield `begins with ${described(root)}, which nobody asked for`;
};

export const noOrphan: TraceRule = function* (trace, evidence) {
  for (const span of orphansOf(trace, evidence)) {
    const parentId = span.parentId ?? '';
    if (!evidence.losses.mayHave(parentId, span))
      yield `${described(span)} has the parent ${parentId}, which is not there`;
  }
};

const isOwnAncestor = (span: Span, { spans }: TraceSeen): boolean => {
  const passed = new Set<string>();
  for (let at: Span | undefined = span; at !== undefined; at = spans.get(at.parentId ?? '')) {
    if (passed.has(at.spanId)) return true;
    passed.add(at.spanId);
  }
  return false;
};

/** Without it, a ring of spans, each of which has a parent, would be in order. */
export const noCycle: TraceRule = function* (trace) {
  const ring = [...trace.spans.values()].find((span) => isOwnAncestor(span, trace));
  if (ring !== undefined) yield `${described(ring)} is caused by itself`;
};

export const linksResolve: TraceRule = function* ({ spans }, { spans: all, outside, losses }) {
  for (const span of spans.values())
    for (const link of span.links) {
      const isKnown = all.find(link) !== undefined || outside.has(link.spanId);
      if (!isKnown && !losses.mayHave(link.spanId, span))
        yield `${described(span)} is linked to ${link.spanId} of trace ${link.traceId}, which is not there`;
    }
};
