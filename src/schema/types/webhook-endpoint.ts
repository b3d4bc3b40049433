import type { WebhookEndpoint as Endpoint, EndpointWithSecret, WebhookFormat as Format } from '../../webhooks/index.ts';
import { builder, type ObjectFields } from '../builder.ts';
import { encodePositions } from '../event-cursor.ts';
import { Node } from './node.ts';

const FORMATS = {
  STRUCTURED: { description: 'The whole event in the body: application/cloudevents+json.' },
  BINARY: { description: "The event's data in the body, its attributes in headers ce-id, ce-type …" },
} as const satisfies Record<Format, { description: string }>;

export const WebhookFormat = builder.enumType('WebhookFormat', {
  description: 'How an event is posted; both are of CloudEvents 1.0.',
  values: FORMATS,
});

const STATUSES = {
  ACTIVE: { description: 'Events are sent, or tried again.' },
  PAUSED: { description: 'An event was not taken for three days. Nothing is lost: resumeWebhookEndpoint goes on.' },
  DISABLED: { description: 'It answered 410 Gone. resumeWebhookEndpoint goes on where it stood.' },
} as const satisfies Record<Endpoint['status'], { description: string }>;

const WebhookEndpointStatus = builder.enumType('WebhookEndpointStatus', {
  description: 'Whether events are sent to an endpoint.',
  values: STATUSES,
});

const WebhookFailure = builder.objectRef<NonNullable<Endpoint['lastFailure']>>('WebhookFailure').implement({
  description: 'An attempt that failed.',
  fields: (t) => ({
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ at }) => at }),
    status: t.exposeInt('status', { nullable: true, description: 'What it answered; null when nothing came.' }),
    reason: t.exposeString('reason', { description: 'For people: why that is no delivery.' }),
    eventId: t.exposeID('eventId', { description: 'The event that was to be delivered.' }),
  }),
});

const whatItIs = (t: ObjectFields<Endpoint>) => ({
  url: t.exposeString('url', { description: 'Where events are posted.' }),
  eventTypes: t.stringList({
    nullable: true,
    description: 'Of these types; null: of all.',
    resolve: ({ eventTypes }) => (eventTypes === null ? null : [...eventTypes]),
  }),
  format: t.field({ type: WebhookFormat, description: 'How events are posted.', resolve: ({ format }) => format }),
  createdAt: t.field({ type: 'DateTime', description: 'When it was made.', resolve: ({ createdAt }) => createdAt }),
});

const howItGoes = (t: ObjectFields<Endpoint>) => ({
  status: t.field({
    type: WebhookEndpointStatus,
    description: 'Whether events are sent.',
    resolve: ({ status }) => status,
  }),
  lastFailure: t.field({
    type: WebhookFailure,
    nullable: true,
    description: 'What went wrong last, though all may be well again; null when nothing has.',
    resolve: ({ lastFailure }) => lastFailure,
  }),
  nextAttemptAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When what failed is tried again; null when nothing waits for that.',
    resolve: ({ nextAttemptAt }) => nextAttemptAt,
  }),
  cursor: t.string({
    description: 'Everything up to this cursor of `events` is delivered; some of what is behind it may be, too.',
    resolve: ({ cursor }) => encodePositions(cursor),
  }),
  behind: t.int({
    description: 'How many events are yet to be delivered, counted among the next 10,000.',
    resolve: (endpoint, _args, { webhooks }) => webhooks.behind(endpoint),
  }),
});

export const WebhookEndpoint = builder.objectRef<Endpoint>('WebhookEndpoint').implement({
  description: 'Where events are sent to by HTTP, signed after Standard Webhooks, and how that goes.',
  interfaces: [Node],
  fields: (t) => ({ ...whatItIs(t), ...howItGoes(t) }),
});

export const WebhookEndpointSecret = builder.objectRef<EndpointWithSecret>('WebhookEndpointSecret').implement({
  description: 'A webhook endpoint and its new secret.',
  fields: (t) => ({
    endpoint: t.field({ type: WebhookEndpoint, description: 'The endpoint.', resolve: ({ endpoint }) => endpoint }),
    secret: t.exposeString('secret', {
      description: 'whsec_…: what the receiver verifies signatures with. It is told here, and never again.',
    }),
  }),
});
