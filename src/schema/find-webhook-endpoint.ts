import { mayDo } from '../access/index.ts';
import { isId } from '../events/index.ts';
import type { WebhookEndpoint } from '../webhooks/index.ts';
import type { GatewayContext } from './context.ts';

/** The endpoint; null when it is unknown, or the viewer keeps none. */
export const findWebhookEndpoint = async (
  { webhooks, viewer }: GatewayContext,
  id: string,
): Promise<WebhookEndpoint | null> =>
  mayDo(viewer, 'webhooks:write') && isId('WebhookEndpoint', id) ? webhooks.find(id) : null;
