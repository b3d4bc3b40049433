export { type Mood, openSink, type Sink } from './open-sink.ts';
export { type Attributes, type AttributeValue, type Span, type SpanKind, type SpanRef } from './span.ts';
export { SpanStore } from './span-store.ts';
