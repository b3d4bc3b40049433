import { SIGNALS } from '../platform/index.ts';
import { type Registered, secondsOf } from './registered.ts';

const ANSWER_BUCKETS = [0.05, 0.25, 1, 5];

const countInventory = ({ counter, histogram }: Registered): Disposable => {
  const calls = counter({
    name: 'inventory_calls_total',
    help: 'Calls of an inventory elsewhere, by what came of them: done, refused, away, not_accepted.',
    labelNames: ['call', 'result'],
  });
  const durations = histogram(
    {
      name: 'inventory_call_duration_seconds',
      help: 'How long the inventory elsewhere took, or was waited for.',
      labelNames: ['call'],
    },
    ANSWER_BUCKETS,
  );
  return SIGNALS.inventoryAnswered.hear(({ call, result, tookMs }) => {
    calls.inc({ call, result });
    durations.observe({ call }, secondsOf(tookMs));
  });
};

const countWebhooks = ({ counter, histogram }: Registered): Disposable => {
  const deliveries = counter({
    name: 'webhook_deliveries_total',
    help: 'Attempts to deliver an event to an endpoint: delivered, failed, gone.',
    labelNames: ['outcome'],
  });
  const durations = histogram(
    { name: 'webhook_delivery_duration_seconds', help: 'How long one attempt took.' },
    ANSWER_BUCKETS,
  );
  return SIGNALS.webhookAttempted.hear(({ outcome, tookMs }) => {
    deliveries.inc({ outcome });
    durations.observe(secondsOf(tookMs));
  });
};

const countNotices = ({ counter }: Registered): Disposable => {
  const notices = counter({
    name: 'payment_notices_total',
    help: 'Notices of the payment provider: taken, not_signed, unreadable, not_written.',
    labelNames: ['outcome'],
  });
  return SIGNALS.noticeReceived.hear(({ outcome }) => notices.inc({ outcome }));
};

const countUpkeep = ({ counter }: Registered): Disposable => {
  const runs = counter({
    name: 'upkeep_runs_total',
    help: 'Verifications and replays that this process carried out, by how they ended.',
    labelNames: ['kind', 'outcome'],
  });
  return SIGNALS.upkeepEnded.hear((ended) => runs.inc({ ...ended }));
};

/** Counts what panier asks of others, and is told by them; and the runs that operators start. */
export const countOutside = (registered: Registered): Disposable => {
  const hearing = new DisposableStack();
  for (const count of [countInventory, countWebhooks, countNotices, countUpkeep]) hearing.use(count(registered));
  return hearing;
};
