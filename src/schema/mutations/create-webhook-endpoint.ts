import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { decodeEventCursor } from '../event-cursor.ts';
import { WebhookEndpointSecret, WebhookFormat } from '../types/webhook-endpoint.ts';
import { memberOf, resultUnion } from './result-union.ts';

const CreateWebhookEndpointInput = builder.inputType('CreateWebhookEndpointInput', {
  description: 'Where events are to be sent. It takes no idempotencyKey: the secret in the answer is not kept.',
  fields: (t) => ({
    url: t.string({
      required: true,
      description:
        'https://…, in production nothing else; without a user or password, on port 80, 443 or from 1024 on, and on a public address unless PANIER_WEBHOOK_ALLOW says otherwise.',
    }),
    eventTypes: t.stringList({
      description: 'Only events of these types: ["OrderConfirmed", "OrderCancelled"]; all when left out.',
    }),
    format: t.field({ type: WebhookFormat, defaultValue: 'STRUCTURED', description: 'How they are posted.' }),
    after: t.string({
      description: 'Events behind this cursor of `events`; those from now on when left out.',
    }),
  }),
});

const CreateWebhookEndpointResult = resultUnion('CreateWebhookEndpoint', {
  of: WebhookEndpointSecret,
  refusals: ['INVALID_INPUT'],
});

export const createWebhookEndpoint = (t: MutationFields) =>
  t.field({
    type: CreateWebhookEndpointResult,
    access: holders('webhooks:write'),
    description: 'Sends events to a URL from now on, signed with the secret that the answer tells, once.',
    args: { input: t.arg({ type: CreateWebhookEndpointInput, required: true, description: 'Where, and which.' }) },
    resolve: async (_root, { input }, { webhooks, audit }) => {
      const { url, eventTypes = null, format } = input;
      const after = input.after == null ? await audit.heads() : decodeEventCursor(input.after, ['input', 'after']);
      return memberOf(await webhooks.create({ url, eventTypes, format: format ?? 'STRUCTURED', after }));
    },
  });
