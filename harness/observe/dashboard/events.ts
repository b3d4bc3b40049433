import { quantileOf, type RowOf, rateOf, sharedOf } from './panel.ts';

export const EVENTS: RowOf = {
  title: 'Events',
  panels: [
    {
      kind: 'timeseries',
      title: 'Events, by type',
      description: 'Events that the event store took in.',
      unit: 'ops',
      queries: [{ expr: rateOf('panier_events_stored_total', 'type'), legend: '{{type}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Publication',
      description: 'Events added to their streams; those that Redis had lost; those that could not be published.',
      unit: 'ops',
      queries: [
        { expr: rateOf('panier_events_published_total', 'journal'), legend: '{{journal}} published' },
        { expr: rateOf('panier_events_restored_total', 'journal'), legend: '{{journal}} restored' },
        { expr: rateOf('panier_publication_failures_total', 'journal'), legend: '{{journal}} failed' },
      ],
    },
    {
      kind: 'timeseries',
      title: 'Outboxes',
      description: 'Events that wait to be published. They do for milliseconds.',
      unit: 'short',
      queries: [{ expr: sharedOf('panier_outbox_events', 'journal'), legend: '{{journal}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Age of the outboxes',
      description: 'For how long the oldest event has waited. When it grows, no relay leads, or Redis is away.',
      unit: 's',
      queries: [{ expr: sharedOf('panier_outbox_oldest_seconds', 'journal'), legend: '{{journal}}' }],
    },
  ],
};

const OF_GROUP = 'group, stream';
const GROUP_LEGEND = '{{group}} {{stream}}';

export const GROUPS: RowOf = {
  title: 'Consumer groups',
  panels: [
    {
      kind: 'timeseries',
      title: 'Lag, in seconds',
      description: 'Age of the oldest entry that a group has not handled. Below a second.',
      unit: 's',
      queries: [{ expr: sharedOf('panier_group_lag_seconds', OF_GROUP), legend: GROUP_LEGEND }],
    },
    {
      kind: 'timeseries',
      title: 'Lag, in entries',
      description: 'Entries that a group has not been given. Redis before 7.0 does not count them.',
      unit: 'short',
      queries: [{ expr: sharedOf('panier_group_lag_entries', OF_GROUP), legend: GROUP_LEGEND }],
    },
    {
      kind: 'timeseries',
      title: 'Pending entries',
      description: 'Entries that were delivered and not acknowledged.',
      unit: 'short',
      queries: [{ expr: sharedOf('panier_group_pending_entries', OF_GROUP), legend: GROUP_LEGEND }],
    },
    {
      kind: 'timeseries',
      title: 'Oldest pending entry',
      description: 'Its age; 0 when none is pending. One that grows old fails again and again: the log says why.',
      unit: 's',
      queries: [{ expr: sharedOf('panier_group_oldest_pending_seconds', OF_GROUP), legend: GROUP_LEGEND }],
    },
    {
      kind: 'timeseries',
      title: 'Entries handled',
      description: 'Entries that groups handled, or gave up.',
      unit: 'ops',
      queries: [{ expr: rateOf('panier_entries_delivered_total', 'group'), legend: '{{group}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Duration of deliveries',
      description: '99 of 100 deliveries, of one entry or many, take no longer.',
      unit: 's',
      queries: [{ expr: quantileOf(0.99, 'panier_delivery_duration_seconds', 'group'), legend: '{{group}} p99' }],
    },
    {
      kind: 'timeseries',
      title: 'Claimed, put off, given up',
      description: 'Entries taken over from a silent member; entries that fail and come again; new dead letters. 0.',
      unit: 'ops',
      queries: [
        { expr: rateOf('panier_entries_claimed_total', 'group'), legend: '{{group}} claimed' },
        { expr: rateOf('panier_entries_put_off_total', 'group'), legend: '{{group}} put off' },
        { expr: rateOf('panier_dead_letters_total', 'group'), legend: '{{group}} given up' },
      ],
    },
  ],
};
