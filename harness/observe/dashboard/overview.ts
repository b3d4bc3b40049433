import { OF_ALL, type RowOf, sharedOf } from './panel.ts';

const IN_PROGRESS = 'status=~"PENDING|AWAITING_PAYMENT|COMPENSATING"';

/** What a glance is for. */
export const OVERVIEW: RowOf = {
  title: 'At a glance',
  panels: [
    {
      kind: 'stat',
      title: 'Alerts',
      description: 'Alerts that fire. 0 when all is well; the page of alerts of Prometheus says which.',
      unit: 'none',
      queries: [{ expr: `count(ALERTS{alertstate="firing", ${OF_ALL}}) or vector(0)`, legend: 'firing' }],
      redFrom: 1,
    },
    {
      kind: 'stat',
      title: 'Objectives, over an hour',
      description:
        'The share of the last hour that was as promised: commands decided (99.9 %), commands answered within 500 ms (99 %), orders at their end within 2.5 s of their own time (99 %).',
      unit: 'percentunit',
      queries: [{ expr: `1 - panier:errors:ratio_rate1h{${OF_ALL}}`, legend: '{{slo}}' }],
    },
    {
      kind: 'stat',
      title: 'Orders in progress',
      description: 'Orders that are not at their end, those that wait for their customers to pay among them.',
      unit: 'short',
      queries: [{ expr: `sum(${sharedOf('panier_orders', 'status', IN_PROGRESS)})`, legend: 'orders' }],
    },
    {
      kind: 'stat',
      title: 'Stuck orders',
      description: "Orders to which nothing has happened for a minute, though it is not their customers' turn. 0.",
      unit: 'none',
      queries: [{ expr: sharedOf('panier_stuck_orders', 'job'), legend: 'stuck' }],
      redFrom: 1,
    },
    {
      kind: 'stat',
      title: 'Dead letters',
      description: 'Entries that no group could handle and nobody has decided on. 0.',
      unit: 'none',
      queries: [{ expr: `sum(${sharedOf('panier_group_dead_letters_open', 'group, stream')})`, legend: 'open' }],
      redFrom: 1,
    },
    {
      kind: 'stat',
      title: 'Queries are behind by',
      description: 'Age of the oldest event that queries do not show yet. Below a second.',
      unit: 's',
      queries: [{ expr: sharedOf('panier_projection_lag_seconds', 'job'), legend: 'behind' }],
      redFrom: 30,
    },
  ],
};
