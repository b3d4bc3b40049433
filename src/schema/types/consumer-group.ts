import type { ConsumerGroup as Group } from '../../monitoring/index.ts';
import { builder, type ObjectFields } from '../builder.ts';

const whatItIs = (t: ObjectFields<Group>) => ({
  stream: t.exposeString('stream', { description: 'The stream that it reads.' }),
  group: t.exposeString('group', { description: 'Its name. Of one name there is a group on each stream.' }),
  role: t.exposeString('role', {
    nullable: true,
    description: 'The role of panier that reads as this group: payment, saga or audit; null: another service does.',
  }),
});

const howFarItIs = (t: ObjectFields<Group>) => ({
  lag: t.exposeInt('lag', {
    nullable: true,
    description:
      'Entries that it has not been given: all there are where Redis has no such group. Null when Redis does not know, or has neither.',
  }),
  pending: t.exposeInt('pending', {
    nullable: true,
    description: 'Entries that it was given and has not acknowledged; null when Redis has no such group.',
  }),
  behindSeconds: t.exposeFloat('behindSeconds', {
    nullable: true,
    description:
      'Age of the oldest entry that it has not handled; 0: none. Where Redis has no such group, of the oldest there is, and null without any.',
  }),
  deliveries: t.exposeInt('deliveries', {
    nullable: true,
    description: 'How often the oldest pending entry was delivered; null when none is pending.',
  }),
  consumers: t.exposeInt('consumers', {
    nullable: true,
    description: 'Members that Redis remembers, also those that are no more; null when it has no such group.',
  }),
  deadLetters: t.exposeInt('deadLetters', {
    description: 'Entries that it gave up, and of which nobody has decided: see Query.deadLetters.',
  }),
});

export const ConsumerGroup = builder.objectRef<Group>('ConsumerGroup').implement({
  description: 'Those who share the entries of one stream among them, and how far they are.',
  fields: (t) => ({ ...whatItIs(t), ...howFarItIs(t) }),
});
