import type { Operation } from '../operation.ts';

const ALL = { about: 'all', notReached: 'null' } as const;

const RESULT = '{ __typename ... on UserError { code message } }';

/** Whatever may be asked about verifications and replays. */
export const ABOUT_UPKEEP: readonly Operation[] = [
  { ...ALL, field: 'Query.upkeepRuns', document: '{ upkeepRuns(last: 1) { id } }', variables: () => ({}) },
  {
    about: 'a run of upkeep',
    notReached: 'null',
    field: 'Query.node',
    how: 'of a run of upkeep',
    scope: 'repair',
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    variables: ({ upkeepRunId }) => ({ id: upkeepRunId }),
  },
  {
    ...ALL,
    field: 'Subscription.upkeepRun',
    document: 'subscription ($id: ID!) { upkeepRun(id: $id) { status } }',
    variables: ({ upkeepRunId }) => ({ id: upkeepRunId }),
  },
  {
    ...ALL,
    field: 'Mutation.startVerification',
    document: `mutation ($input: StartVerificationInput!) { startVerification(input: $input) ${RESULT} }`,
    variables: () => ({ input: { fold: false, pauseSeconds: 0 } }),
  },
  {
    ...ALL,
    field: 'Mutation.startReplay',
    document: `mutation ($input: StartReplayInput!) { startReplay(input: $input) ${RESULT} }`,
    variables: () => ({ input: { dryRun: true } }),
  },
  {
    ...ALL,
    field: 'Mutation.cancelUpkeep',
    document: `mutation ($input: CancelUpkeepInput!) { cancelUpkeep(input: $input) ${RESULT} }`,
    variables: ({ upkeepRunId }) => ({ input: { id: upkeepRunId } }),
  },
];
