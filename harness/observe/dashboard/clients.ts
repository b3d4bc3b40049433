import { meanOf, OF_PROCESSES, quantileOf, type RowOf, rateOf } from './panel.ts';

const perOperation = (counter: string): string => rateOf(counter, 'operation');

/** Rate, errors and duration of what clients ask. */
export const OPERATIONS: RowOf = {
  title: 'Operations',
  panels: [
    {
      kind: 'timeseries',
      title: 'Operations, by type',
      description: 'GraphQL operations that ended; of subscriptions, those that began.',
      unit: 'reqps',
      queries: [{ expr: rateOf('panier_operations_total', 'type'), legend: '{{type}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Operations, by outcome',
      description:
        'ok; error: an answer with errors; refused: not run, for a limit, a rate, or what the viewer may not ask.',
      unit: 'reqps',
      queries: [{ expr: rateOf('panier_operations_total', 'outcome'), legend: '{{outcome}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Duration of operations',
      description: 'Half of them, and 99 of 100, take no longer; subscriptions: to begin.',
      unit: 's',
      queries: [
        { expr: quantileOf(0.5, 'panier_operation_duration_seconds', 'type'), legend: '{{type}} p50' },
        { expr: quantileOf(0.99, 'panier_operation_duration_seconds', 'type'), legend: '{{type}} p99' },
      ],
    },
    {
      kind: 'timeseries',
      title: 'What is asked most',
      description: 'The ten operations that are asked most, by the names of trusted documents or of root fields.',
      unit: 'reqps',
      queries: [{ expr: `topk(10, ${perOperation('panier_operations_total')})`, legend: '{{operation}}' }],
    },
    {
      kind: 'timeseries',
      title: 'What takes longest',
      description: 'The ten operations with the longest mean.',
      unit: 's',
      queries: [
        {
          expr: `topk(10, ${perOperation('panier_operation_seconds_total')} / (${perOperation('panier_operations_total')} > 0))`,
          legend: '{{operation}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Answers over HTTP',
      description: 'Requests that were answered, by server and status.',
      unit: 'reqps',
      queries: [{ expr: rateOf('panier_http_requests_total', 'server, status'), legend: '{{server}} {{status}}' }],
    },
  ],
};

export const COMMANDS: RowOf = {
  title: 'Commands',
  panels: [
    {
      kind: 'timeseries',
      title: 'Commands, by outcome',
      description:
        'done, or rejected by a rule: both are answers. conflict, unavailable and failed count against the objective.',
      unit: 'ops',
      queries: [{ expr: rateOf('panier_commands_total', 'outcome'), legend: '{{outcome}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Rejections, by code',
      description: 'Commands that a rule of the shop forbids. Whoever writes a client looks here.',
      unit: 'ops',
      queries: [
        {
          expr: rateOf('panier_commands_total', 'command, code', 'outcome="rejected"'),
          legend: '{{command}} {{code}}',
        },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Duration of commands',
      description: 'From a command to its answer, which is on disk by then: half of them, and 99 of 100.',
      unit: 's',
      queries: [
        { expr: quantileOf(0.5, 'panier_command_duration_seconds'), legend: 'p50' },
        { expr: quantileOf(0.99, 'panier_command_duration_seconds'), legend: 'p99' },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Commands of one commit',
      description:
        'How many commands one commit of the write journal carries, in the mean: more, the more there is to do.',
      unit: 'short',
      queries: [{ expr: meanOf('panier_group_commit_commands'), legend: 'commands' }],
    },
    {
      kind: 'timeseries',
      title: 'Wait and duration of commits',
      description: '99 of 100 batches wait, and take, no longer. A commit that grows slow is a disk that does.',
      unit: 's',
      queries: [
        { expr: quantileOf(0.99, 'panier_group_commit_wait_seconds'), legend: 'wait p99' },
        { expr: quantileOf(0.99, 'panier_group_commit_duration_seconds'), legend: 'commit p99' },
      ],
    },
  ],
};

export const SUBSCRIPTIONS: RowOf = {
  title: 'Subscriptions',
  panels: [
    {
      kind: 'timeseries',
      title: 'Subscribers and connections',
      description: 'Subscriptions that are open, and connections of clients to gateways.',
      unit: 'short',
      queries: [
        { expr: `sum(panier_subscribers{${OF_PROCESSES}})`, legend: 'subscribers' },
        { expr: `sum(panier_connections{${OF_PROCESSES}})`, legend: 'connections' },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Frames',
      description: 'Values that subscribers were given; changes that came before the one before was seen, told as one.',
      unit: 'ops',
      queries: [
        { expr: rateOf('panier_frames_total', 'job'), legend: 'frames' },
        { expr: rateOf('panier_changes_conflated_total', 'job'), legend: 'conflated' },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Readers that were cut',
      description: 'Connections that were ended because they did not read. 0, but for clients that hang.',
      unit: 'cps',
      queries: [{ expr: rateOf('panier_readers_cut_total', 'reason'), legend: '{{reason}}' }],
    },
  ],
};
