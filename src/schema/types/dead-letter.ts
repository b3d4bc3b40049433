import type { DeadLetterView } from '../../read/index.ts';
import { builder, type ObjectFields } from '../builder.ts';
import { Node } from './node.ts';

type State = DeadLetterView['state'];

const STATES = {
  OPEN: { description: 'Nobody has decided about it.' },
  RETRIED: { description: 'Its entry was put on its stream again. Should it fail again, that is a new dead letter.' },
  DISCARDED: { description: 'An operator said that it is not needed, and why.' },
} as const satisfies Record<State, { description: string }>;

export const DeadLetterState = builder.enumType('DeadLetterState', {
  description: 'What became of a dead letter.',
  values: STATES,
});

const DeadLetterField = builder.objectRef<DeadLetterView['fields'][number]>('DeadLetterField').implement({
  description: 'A field of a stream entry.',
  fields: (t) => ({
    name: t.string({ description: 'Its name: "event_type".', resolve: ([name]) => name }),
    value: t.string({
      description: 'Its value, as it came; cut where it is longer than any event may be.',
      resolve: ([, value]) => value,
    }),
  }),
});

const whatItIs = (t: ObjectFields<DeadLetterView>) => ({
  consumerGroup: t.exposeString('consumerGroup', { description: 'The group that could not handle it.' }),
  stream: t.exposeString('stream', { description: 'The stream that it came on: "ecommerce.orders.events".' }),
  entryId: t.exposeString('entryId', { description: 'Its id on that stream.' }),
  fields: t.field({
    type: [DeadLetterField],
    description: 'What the entry held, in its order.',
    resolve: ({ fields }) => [...fields],
  }),
  error: t.exposeString('error', { description: 'Why the last attempt failed.' }),
  deliveries: t.exposeInt('deliveries', { description: 'How often it was delivered before it was given up.' }),
  firstAt: t.field({ type: 'DateTime', description: 'When it was given up first.', resolve: ({ firstAt }) => firstAt }),
  lastAt: t.field({ type: 'DateTime', description: 'When it was given up last.', resolve: ({ lastAt }) => lastAt }),
});

const whatBecameOfIt = (t: ObjectFields<DeadLetterView>) => ({
  state: t.field({ type: DeadLetterState, description: 'What became of it.', resolve: ({ state }) => state }),
  reason: t.exposeString('reason', {
    nullable: true,
    description: 'Why it was retried or discarded last; null where that was not said.',
  }),
  settledAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When an operator retried or discarded it last; null while it is open.',
    resolve: ({ settledAt }) => settledAt,
  }),
});

export const DeadLetter = builder.objectRef<DeadLetterView>('DeadLetter').implement({
  description: 'An entry of a stream that a consumer group could not read, or failed to handle too often.',
  interfaces: [Node],
  fields: (t) => ({ ...whatItIs(t), ...whatBecameOfIt(t) }),
});
