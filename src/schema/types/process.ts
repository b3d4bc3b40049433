import type { RunningProcess } from '../../monitoring/index.ts';
import { builder } from '../builder.ts';

export const Process = builder.objectRef<RunningProcess>('Process').implement({
  description: 'A process of panier that runs, by its own heartbeats.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Another one after each start.' }),
    instance: t.exposeInt('instance', {
      description:
        "Its number among those that run: the names of its consumers and of producers' instances end with it.",
    }),
    roles: t.stringList({
      description: 'What it does, in the words of PANIER_ROLES: gateway, relay, saga …',
      resolve: ({ roles }) => [...roles],
    }),
    host: t.exposeString('host', { description: 'The machine.' }),
    pid: t.exposeInt('pid', { description: 'Its number on that machine.' }),
    version: t.exposeString('version', { description: 'Of panier.' }),
    startedAt: t.field({ type: 'DateTime', description: 'When it began.', resolve: ({ startedAt }) => startedAt }),
    silentSeconds: t.exposeFloat('silentSeconds', {
      description:
        'Since its last heartbeat. More than 5: it is frozen, or cannot reach the database; at 15 it is left out.',
    }),
  }),
});
