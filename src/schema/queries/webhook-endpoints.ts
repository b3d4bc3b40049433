import { idPart, tokenOf } from '../../events/index.ts';
import type { Page } from '../../read/index.ts';
import type { WebhookEndpoint as Endpoint } from '../../webhooks/index.ts';
import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { type PageWindow, pageArgs, pageWindow } from '../page-args.ts';
import { malformedCursor } from '../read-page.ts';
import { connectionOf, edgeOf } from '../types/connection.ts';
import { WebhookEndpoint } from '../types/webhook-endpoint.ts';

const WebhookEndpointConnection = connectionOf(
  WebhookEndpoint,
  edgeOf(WebhookEndpoint, (t) =>
    t.field({ type: WebhookEndpoint, description: 'The WebhookEndpoint.', resolve: ({ node }) => node }),
  ),
);

const cursorOf = tokenOf('webhook:', [idPart]);

/** The id that a cursor stands for. @throws a GraphQL error with code `BAD_USER_INPUT`. */
const idIn = (window: PageWindow, side: 'after' | 'before'): string | null => {
  const cursor = window[side];
  if (cursor === null) return null;
  const values = cursorOf.decode(cursor);
  if (values === null) throw malformedCursor([side]);
  return values[0];
};

/** There are few: the page is cut out of all of them. */
const pageOf = (all: readonly Endpoint[], window: PageWindow): Page<Endpoint> => {
  const { first, last } = window;
  const [after, before] = [idIn(window, 'after'), idIn(window, 'before')];
  const between = all.filter(({ id }) => (after === null || id > after) && (before === null || id < before));
  const shown = first === null ? between.slice(-(last ?? 0)) : between.slice(0, first);
  const [start, end] = [shown.at(0)?.id ?? after ?? '', shown.at(-1)?.id ?? after ?? ''];
  return {
    edges: shown.map((node) => ({ cursor: cursorOf.encode(node.id), node })),
    hasNextPage: all.some(({ id }) => id > end && shown.length > 0),
    hasPreviousPage: all.some(({ id }) => id < start && shown.length > 0),
  };
};

export const webhookEndpoints = (t: QueryFields) =>
  t.field({
    type: WebhookEndpointConnection,
    access: holders('webhooks:write'),
    description: 'Where events are sent to by HTTP, in the order in which the endpoints were made.',
    args: pageArgs,
    resolve: async (_root, args, { webhooks }) => {
      const window = pageWindow(args);
      return pageOf(await webhooks.all(), window);
    },
  });
