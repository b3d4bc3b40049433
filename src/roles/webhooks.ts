import { openLiveChanges } from '../read/index.ts';
import { startWebhooks } from '../webhooks/index.ts';
import type { Start } from './start.ts';

export const startWebhookDeliveries = ({ config, logger, stores, started, seen }: Start): void => {
  const [{ db }, { db: events }] = [stores.at('webhooks', 'shared'), stores.at('webhooks', 'audit')];
  const changes = started.use(openLiveChanges({ db: events, redis: stores.redis.webhooks, logger }));
  const newEvents = changes.watch([{ kind: 'Events' }]);
  const { webhookAllowance: allow, mode } = config;
  const webhooks = started.use(
    startWebhooks({ db, events, newEvents, allow, httpsOnly: mode === 'production', logger }),
  );
  seen.webhooks = webhooks.waiting;
};
