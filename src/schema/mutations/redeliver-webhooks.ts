import { hasSeen, NO_POSITIONS } from '../../events/index.ts';
import { holders } from '../access.ts';
import { builder, type MutationFields } from '../builder.ts';
import { decodeEventCursor } from '../event-cursor.ts';
import { badUserInput } from '../failures.ts';
import { WebhookEndpoint } from '../types/webhook-endpoint.ts';
import { memberOf, resultUnion } from './result-union.ts';

const RedeliverWebhooksInput = builder.inputType('RedeliverWebhooksInput', {
  description: 'From where events are to be sent again.',
  fields: (t) => ({
    endpointId: t.id({ required: true, description: 'The webhook endpoint (hook_…).' }),
    after: t.string({ description: 'Events behind this cursor of `events`; from the first on when left out.' }),
  }),
});

const RedeliverWebhooksResult = resultUnion('RedeliverWebhooks', { of: WebhookEndpoint, refusals: ['NOT_FOUND'] });

const PLACES = { id: ['input', 'endpointId'] };
const AFTER = ['input', 'after'];

export const redeliverWebhooks = (t: MutationFields) =>
  t.field({
    type: RedeliverWebhooksResult,
    access: holders('webhooks:write'),
    description:
      'Puts an endpoint behind any cursor: what is behind it is sent, again or for the first time, with the same webhook-id; what is before it and was not delivered is passed over. A PAUSED or DISABLED one begins when it is resumed.',
    args: { input: t.arg({ type: RedeliverWebhooksInput, required: true, description: 'Whose, and from where.' }) },
    resolve: async (_root, { input: { endpointId, after } }, { webhooks, audit }) => {
      const seen = after == null ? NO_POSITIONS : decodeEventCursor(after, AFTER);
      if (!hasSeen(await audit.heads(), seen))
        throw badUserInput('after is a cursor behind the last event: nothing that comes before it would be sent.', {
          path: AFTER,
        });
      return memberOf(await webhooks.redeliver(endpointId, seen), PLACES);
    },
  });
