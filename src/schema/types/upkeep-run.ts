import type {
  UpkeepKind as Kind,
  UpkeepRun as Run,
  UpkeepStatus as Status,
  UpkeepStep as Step,
  StepStatus,
} from '../../upkeep/index.ts';
import { builder, type ObjectFields } from '../builder.ts';
import { Node } from './node.ts';

const UpkeepKind = builder.enumType('UpkeepKind', {
  description: 'What a run does.',
  values: {
    VERIFICATION: { description: 'Checks every rule that always holds, as npm run verify does.' },
    REPLAY: {
      description:
        'Builds the read models anew from the event store, as npm run replay does, unless a later version of panier wrote them.',
    },
  } satisfies Record<Kind, { description: string }>,
});

const UpkeepStatus = builder.enumType('UpkeepStatus', {
  description: 'How a run stands.',
  values: {
    WAITING: { description: 'Until a process that plays the role `upkeep` takes it.' },
    RUNNING: { description: 'It is carried out.' },
    COMPLETED: { description: 'It went to its end; its steps say what it found.' },
    CANCELLED: { description: 'An operator has ended it, and nothing was changed.' },
    FAILED: { description: '`reason` says why.' },
  } satisfies Record<Status, { description: string }>,
});

const UpkeepStepStatus = builder.enumType('UpkeepStepStatus', {
  description: 'How a step stands.',
  values: {
    WAITING: { description: 'Its turn has not come, or the run ended before it was through.' },
    RUNNING: { description: 'It is under way.' },
    SUSPECTED: { description: 'Something was found, and is looked for again: it may have been under way.' },
    HELD: { description: 'All is well.' },
    NOTED: { description: 'Something was found that breaks nothing, and is to be known of.' },
    BROKEN: { description: 'The rule is broken, or could not be checked; of a replay: rows differed.' },
  } satisfies Record<StepStatus, { description: string }>,
});

const UpkeepFinding = builder.objectRef<Step['offenders'][number]>('UpkeepFinding').implement({
  description: 'Something that breaks a rule, or a row that differed.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its id, or what it is found by.' }),
    detail: t.exposeString('detail', { description: 'What is wrong with it.' }),
  }),
});

const UpkeepStep = builder.objectRef<Step>('UpkeepStep').implement({
  description: 'A part of a run.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The rule; of a replay: `events`, a table of the read models, `swap`.',
    }),
    status: t.field({ type: UpkeepStepStatus, description: 'How it stands.', resolve: ({ status }) => status }),
    share: t.exposeFloat('share', { description: 'How much of it is done, 0 to 1.' }),
    checked: t.exposeInt('checked', {
      nullable: true,
      description: 'Events folded, or rows compared; null where nothing is counted.',
    }),
    found: t.exposeInt('found', { description: 'How many break the rule, or differ.' }),
    findings: t.field({
      type: [UpkeepFinding],
      description: 'The first five of them.',
      resolve: ({ offenders }) => [...offenders],
    }),
  }),
});

const whatItIs = (t: ObjectFields<Run>) => ({
  kind: t.field({ type: UpkeepKind, description: 'What it does.', resolve: ({ task }) => task.kind }),
  dryRun: t.boolean({
    description: 'Whether it changes nothing: a verification, or a replay that only compares.',
    resolve: ({ task }) => task.kind === 'VERIFICATION' || task.dryRun,
  }),
  requestedBy: t.exposeString('requestedBy', { description: 'Who started it: "Operator ada".' }),
  requestedAt: t.field({ type: 'DateTime', description: 'When.', resolve: ({ requestedAt }) => requestedAt }),
});

const howItGoes = (t: ObjectFields<Run>) => ({
  status: t.field({ type: UpkeepStatus, description: 'How it stands.', resolve: ({ status }) => status }),
  startedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'Since when it is carried out; null while it waits.',
    resolve: ({ startedAt }) => startedAt,
  }),
  endedAt: t.field({
    type: 'DateTime',
    nullable: true,
    description: 'When it ended; null until then.',
    resolve: ({ endedAt }) => endedAt,
  }),
  reason: t.exposeString('reason', {
    nullable: true,
    description: 'For people: why it failed, or who has cancelled it; else null.',
  }),
  steps: t.field({
    type: [UpkeepStep],
    description: 'Its parts, in their order; none while it waits.',
    resolve: ({ steps }) => [...steps],
  }),
});

export const UpkeepRun = builder.objectRef<Run>('UpkeepRun').implement({
  description: 'A verification or a replay, and how it goes. Kept for 90 days.',
  interfaces: [Node],
  fields: (t) => ({ ...whatItIs(t), ...howItGoes(t) }),
});
