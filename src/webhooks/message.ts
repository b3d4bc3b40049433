import manifest from '../../package.json' with { type: 'json' };
import { binaryMessage, cloudEventOf, type Envelope, type HttpMessage, structuredMessage } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import type { WebhookFormat } from './endpoint.ts';
import { type SigningKey, signatures } from './secret.ts';

const USER_AGENT = `panier/${manifest.version}`;
const SECOND_MS = 1_000;

export interface Sender {
  readonly format: WebhookFormat;
  readonly keys: readonly SigningKey[];
}

const unsigned = (envelope: Envelope, format: WebhookFormat): HttpMessage => {
  const event = cloudEventOf(envelope);
  switch (format) {
    case 'STRUCTURED':
      return structuredMessage(event);
    case 'BINARY':
      return binaryMessage(event);
  }
  return assertNever(format);
};

/**
 * What is posted of an event, signed at this instant. `webhook-id` is the event's own id: the same at each attempt, so that a
 * receiver knows what it has. Source: github.com/standard-webhooks/standard-webhooks, spec.
 */
export const signedMessage = (envelope: Envelope, { format, keys }: Sender, nowMs: number): HttpMessage => {
  const { headers, body } = unsigned(envelope, format);
  const id = envelope.eventId;
  const timestamp = Math.floor(nowMs / SECOND_MS);
  return {
    headers: {
      ...headers,
      'user-agent': USER_AGENT,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures({ id, timestamp, body }, keys),
    },
    body,
  };
};
