import type { Backlog as Waiting } from '../../monitoring/index.ts';
import { builder } from '../builder.ts';

const Outbox = builder.objectRef<Waiting['outboxes'][number]>('Outbox').implement({
  description: 'Events of a journal that are still to be published.',
  fields: (t) => ({
    journal: t.exposeString('journal', { description: 'write or saga.' }),
    length: t.exposeInt('length', { description: 'How many; 10000 stands for more, too.' }),
    oldestSeconds: t.exposeFloat('oldestSeconds', {
      description: "How long the oldest has waited, by the database's clock; 0: none waits.",
    }),
  }),
});

export const Backlog = builder.objectRef<Waiting>('Backlog').implement({
  description: 'What is written and does not show yet.',
  fields: (t) => ({
    outboxes: t.field({ type: [Outbox], description: 'Of each journal.', resolve: ({ outboxes }) => [...outboxes] }),
    readSideSeconds: t.exposeFloat('readSideSeconds', {
      nullable: true,
      description:
        'Age of the oldest event that queries do not show yet; 0: they show all. Null while Redis cannot be asked.',
    }),
  }),
});
