import type { Envelope } from './envelope.ts';
import type { JsonObject } from './json.ts';
import { shownData } from './payment-method.ts';

type Attributes = Readonly<Record<string, string | number>>;

/** An event as others know events. Attributes have no null: what an envelope leaves out, this does, too. */
export interface CloudEvent {
  readonly attributes: Attributes;
  readonly data: JsonObject;
}

/** A body and the headers that tell what it is; names in lower case. */
export interface HttpMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const present = (attributes: Readonly<Record<string, string | number | null>>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter((each): each is [string, string | number] => each[1] !== null && each[1] !== ''),
  );

/**
 * The event of an envelope after CloudEvents 1.0: its own attributes, those of the extensions for tracing and correlation, and
 * whose it is. `id` is the event's own, and unique. Source: github.com/cloudevents/spec, v1.0.2.
 */
export const cloudEventOf = (envelope: Envelope): CloudEvent => ({
  attributes: present({
    specversion: '1.0',
    id: envelope.eventId,
    source: `urn:panier:${envelope.producer}`,
    type: `panier.${envelope.type}`,
    subject: envelope.aggregateId,
    time: envelope.occurredAt,
    datacontenttype: 'application/json',
    dataschema: `urn:panier:events:${envelope.type}:${envelope.schemaVersion}`,
    aggregatetype: envelope.aggregateType,
    aggregateversion: envelope.version,
    correlationid: envelope.correlationId,
    causationid: envelope.causationId,
    traceparent: envelope.traceparent,
  }),
  data: shownData(envelope.data),
});

/** Everything in the body. Source: cloudevents/formats/json-format.md. */
export const structuredMessage = ({ attributes, data }: CloudEvent): HttpMessage => ({
  headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
  body: JSON.stringify({ ...attributes, data }),
});

const UNFIT = /[^\u0021\u0023\u0024\u0026-\u007e]+/gu;

/** What a header cannot hold as it is, as the bytes of its UTF-8. Source: cloudevents/bindings/http-protocol-binding.md, 3.1.3.2. */
const headerValue = (value: string | number): string =>
  String(value)
    .toWellFormed()
    .replaceAll(UNFIT, (text) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
    );

/** The data in the body, everything else in headers. */
export const binaryMessage = ({ attributes, data }: CloudEvent): HttpMessage => {
  const { datacontenttype, ...others } = attributes;
  const headers = Object.entries(others).map(([name, value]) => [`ce-${name}`, headerValue(value)] as const);
  return {
    headers: { 'content-type': String(datacontenttype), ...Object.fromEntries(headers) },
    body: JSON.stringify(data),
  };
};
