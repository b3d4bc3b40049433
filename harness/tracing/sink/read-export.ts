import type { AnyValue, Export, Id, KeyValue, Long, OtlpSpan } from './messages.ts';
import { type Attributes, type AttributeValue, SPAN_KINDS, type Span, type SpanRef, STATUSES } from './span.ts';

const NANOS_PER_MICRO = 1_000;
const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;

/** Says again the string that it was given first: of a million spans, most texts are the same few. */
export type Intern = (text: string) => string;

export const openIntern = (): Intern => {
  const known = new Map<string, string>();
  return (text) => {
    const first = known.get(text);
    if (first !== undefined) return first;
    known.set(text, text);
    return text;
  };
};

/** What was read: a span, or why it is none. */
export type Read = { readonly type: 'Span'; readonly span: Span } | { readonly type: 'Invalid'; readonly why: string };

const hexOf = (id: Id | undefined): string =>
  id === undefined ? '' : typeof id === 'string' ? id.toLowerCase() : Buffer.from(id).toString('hex');

const numberOf = (long: Long | null | undefined): number =>
  long === null || long === undefined ? 0 : typeof long === 'object' ? long.toNumber() : Number(long);

/** What is set, and not what stands in its prototype: a decoded message has defaults there. */
const own = <K extends keyof AnyValue>(value: AnyValue, name: K): NonNullable<AnyValue[K]> | null =>
  Object.hasOwn(value, name) ? (value[name] ?? null) : null;

const valueOf = (value: AnyValue, intern: Intern): AttributeValue => {
  const text = own(value, 'stringValue');
  if (text !== null) return intern(text);
  const whole = own(value, 'intValue');
  if (whole !== null) return numberOf(whole);
  const many = own(value, 'arrayValue');
  if (many !== null) return (many.values ?? []).flatMap((each) => valueOf(each, intern));
  return own(value, 'boolValue') ?? own(value, 'doubleValue') ?? '';
};

const attributesOf = (pairs: readonly KeyValue[] | undefined, intern: Intern): Attributes => {
  const attributes: Record<string, AttributeValue> = {};
  for (const { key, value } of pairs ?? []) attributes[intern(key)] = valueOf(value ?? {}, intern);
  return attributes;
};

const linksOf = ({ links }: OtlpSpan, intern: Intern): readonly SpanRef[] =>
  (links ?? []).map(({ traceId, spanId }) => ({ traceId: intern(hexOf(traceId)), spanId: hexOf(spanId) }));

/** Why OTLP lets nobody take it; null when it does. */
const complaintOf = ({ traceId, spanId, parentId, name, startMicros, endMicros }: Span): string | null => {
  if (!TRACE_ID.test(traceId)) return `a span has the trace id "${traceId}"`;
  if (!SPAN_ID.test(spanId)) return `a span has the id "${spanId}"`;
  if (parentId !== null && !SPAN_ID.test(parentId)) return `a span has the parent "${parentId}"`;
  if (name === '') return 'a span has no name';
  if (!(startMicros > 0)) return `the span ${name} has no begin`;
  return endMicros >= startMicros ? null : `the span ${name} ends before it begins`;
};

const spanOf = (raw: OtlpSpan, process: string, intern: Intern): Span => ({
  traceId: intern(hexOf(raw.traceId)),
  spanId: hexOf(raw.spanId),
  parentId: hexOf(raw.parentSpanId) || null,
  name: intern(raw.name ?? ''),
  kind: SPAN_KINDS[raw.kind ?? 0] ?? 'UNSPECIFIED',
  startMicros: numberOf(raw.startTimeUnixNano) / NANOS_PER_MICRO,
  endMicros: numberOf(raw.endTimeUnixNano) / NANOS_PER_MICRO,
  status: STATUSES[raw.status?.code ?? 0] ?? 'UNSET',
  statusMessage: intern(raw.status?.message ?? ''),
  attributes: attributesOf(raw.attributes, intern),
  links: linksOf(raw, intern),
  events: (raw.events ?? []).map(({ name, attributes }) => ({
    name: intern(name ?? ''),
    attributes: attributesOf(attributes, intern),
  })),
  dropped: (raw.droppedAttributesCount ?? 0) + (raw.droppedEventsCount ?? 0) + (raw.droppedLinksCount ?? 0),
  process,
});

const processOf = (resource: Attributes): string =>
  String(resource['service.instance.id'] ?? resource['service.name'] ?? 'unknown');

/** Every span of a request, as this harness keeps them; those that are none say why. */
export const readExport = function* ({ resourceSpans }: Export, intern: Intern): Generator<Read> {
  for (const { resource, scopeSpans } of resourceSpans ?? []) {
    const process = processOf(attributesOf(resource?.attributes, intern));
    for (const raw of (scopeSpans ?? []).flatMap(({ spans }) => spans ?? [])) {
      const span = spanOf(raw, process, intern);
      const why = complaintOf(span);
      yield why === null ? { type: 'Span', span } : { type: 'Invalid', why };
    }
  }
};
