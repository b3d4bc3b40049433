import { quantileOf, type RowOf, rateOf, sharedOf } from './panel.ts';

export const SAGAS: RowOf = {
  title: 'Sagas',
  panels: [
    {
      kind: 'timeseries',
      title: 'Sagas that ended, by outcome',
      description: 'Orders that came to their last status.',
      unit: 'ops',
      queries: [{ expr: rateOf('panier_saga_duration_seconds_count', 'outcome'), legend: '{{outcome}}' }],
    },
    {
      kind: 'timeseries',
      title: 'From checkout to end',
      description: 'Half of the orders, and 99 of 100, take no longer, the time of their customers among it.',
      unit: 's',
      queries: [
        { expr: quantileOf(0.5, 'panier_saga_duration_seconds', 'outcome'), legend: '{{outcome}} p50' },
        { expr: quantileOf(0.99, 'panier_saga_duration_seconds', 'outcome'), legend: '{{outcome}} p99' },
      ],
    },
    {
      kind: 'timeseries',
      title: "From checkout to end, without the customers' turn",
      description: '99 of 100 orders take no longer of their own time: the objective is 2.5 s.',
      unit: 's',
      queries: [{ expr: quantileOf(0.99, 'panier_saga_active_seconds', 'outcome'), legend: '{{outcome}} p99' }],
    },
    {
      kind: 'timeseries',
      title: 'Orders, by status',
      description: 'All orders there are.',
      unit: 'short',
      queries: [{ expr: sharedOf('panier_orders', 'status'), legend: '{{status}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Age of the oldest open order',
      description: 'No older than a reservation lasts, with its grace: 16 minutes unless told otherwise.',
      unit: 's',
      queries: [{ expr: sharedOf('panier_oldest_open_order_seconds', 'job'), legend: 'oldest' }],
    },
    {
      kind: 'timeseries',
      title: 'Stock that was short',
      description: 'Orders whose stock could not be reserved.',
      unit: 'ops',
      queries: [{ expr: rateOf('panier_stock_rejections_total', 'job'), legend: 'rejected' }],
    },
    {
      kind: 'timeseries',
      title: 'Calls of the payment provider',
      description: 'By what came of them. unreachable and failed are made again; a declined card is an answer.',
      unit: 'ops',
      queries: [{ expr: rateOf('panier_payment_calls_total', 'call, result'), legend: '{{call}} {{result}}' }],
    },
    {
      kind: 'timeseries',
      title: 'Duration of its calls',
      description: '99 of 100 calls of the payment provider take no longer.',
      unit: 's',
      queries: [{ expr: quantileOf(0.99, 'panier_payment_call_duration_seconds', 'call'), legend: '{{call}} p99' }],
    },
  ],
};
