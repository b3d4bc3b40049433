import type { Attributes, AttributeValue, Span } from '../sink/index.ts';
import { described, type TraceRule } from './evidence.ts';
import { type Sort, sortOf } from './vocabulary.ts';

/** Texts of customers, as the run's customers have them, and what a secret looks like. */
const PRIVATE: readonly RegExp[] = [
  /customer_/,
  /\bpm_/,
  /changed my mind/,
  /Bearer |eyJ[\w-]{8}/,
  /:\/\/[^/\s]+:[^/\s]+@/,
  /[{}]\s|mutation \(|query \(/,
];

const verdicts = new Map<string, boolean>();

/** Most texts of a run are the same few: each is looked at once. */
const isPrivate = (text: string): boolean => {
  const known = verdicts.get(text);
  if (known !== undefined) return known;
  const found = PRIVATE.some((pattern) => pattern.test(text));
  verdicts.set(text, found);
  return found;
};

const isText = (value: unknown): value is string => typeof value === 'string';

const textsOf = (attributes: Attributes): readonly string[] =>
  Object.values(attributes).flatMap((value: AttributeValue) =>
    isText(value) ? [value] : Array.isArray(value) ? value.filter(isText) : [],
  );

const textsIn = ({ name, statusMessage, attributes, events }: Span): readonly string[] => [
  name,
  statusMessage,
  ...textsOf(attributes),
  ...events.flatMap((event) => [event.name, ...textsOf(event.attributes)]),
];

export const nothingPrivate: TraceRule = function* ({ spans }) {
  for (const span of spans.values()) {
    const text = textsIn(span).find(isPrivate);
    if (text !== undefined) yield `${described(span)} tells "${text}"`;
  }
};

const kindComplaints = function* (span: Span, { kinds, attributes }: Sort): Generator<string> {
  if (!kinds.includes(span.kind)) yield `${described(span)} is of kind ${span.kind}, not ${kinds.join(' or ')}`;
  const unknown = Object.keys(span.attributes).filter((name) => !attributes.test(name));
  if (unknown.length > 0) yield `${described(span)} has the attributes ${unknown.join(', ')}`;
};

/** Names of a set that has an end, and of each only what docs/tracing.md says. */
export const knownWords: TraceRule = function* ({ spans }) {
  for (const span of spans.values()) {
    const sort = sortOf(span);
    if (sort === null) yield `${described(span)} has a name that docs/tracing.md does not know`;
    else yield* kindComplaints(span, sort);
    if (span.dropped > 0) yield `${described(span)} left out ${span.dropped} attributes, events or links`;
    if (span.status === 'ERROR' && span.attributes['error.type'] === undefined)
      yield `${described(span)} failed, and says of no error.type`;
  }
};
