import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { Backlog } from '../types/backlog.ts';
import { ConsumerGroup } from '../types/consumer-group.ts';
import { Process } from '../types/process.ts';

export const consumerGroups = (t: QueryFields) =>
  t.field({
    type: [ConsumerGroup],
    access: holders('events:read'),
    description:
      "Every consumer group of every stream, panier's own first, as of at most a second ago. UNAVAILABLE while Redis is away.",
    resolve: async (_root, _args, { monitoring }) => [...(await monitoring.consumerGroups())],
  });

export const backlog = (t: QueryFields) =>
  t.field({
    type: Backlog,
    access: holders('events:read'),
    description: 'What is written and does not show yet, as of at most a second ago.',
    resolve: (_root, _args, { monitoring }) => monitoring.backlog(),
  });

export const processes = (t: QueryFields) =>
  t.field({
    type: [Process],
    access: holders('events:read'),
    description: 'The processes of panier that run, on every machine, as of at most a second ago.',
    resolve: async (_root, _args, { monitoring }) => [...(await monitoring.processes())],
  });
