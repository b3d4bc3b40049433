import { NO_POSITIONS } from '../../../src/events/index.ts';
import type { DeadUrls } from '../limits/webhook-dead.server.ts';
import { type Contestant, perSecond, type Row } from '../measure/index.ts';
import {
  openOwnStore,
  openSink,
  openWebhookStore,
  startChild,
  taken,
  untilCounted,
  type WebhookStore,
} from '../stage/index.ts';
import type { Scale } from './scale.ts';

const DEAD = 100;
const LIVING = 4;
const ALONE = 'panier, four living endpoints';
const BESIDE = 'panier, four living beside one hundred dead';
const GOAL_SHARE = 0.9;

/** To each of the living ones in a round. */
const eventsOf = ({ isQuick }: Scale): number => (isQuick ? 2_000 : 5_000);

const createAt = async ({ endpoints }: WebhookStore, url: string, after: number): Promise<string> =>
  taken(await endpoints.create({ url, eventTypes: null, format: 'STRUCTURED', after: new Map([[0, BigInt(after)]]) }))
    .endpoint.id;

const createDead = async (store: WebhookStore, { refusing, hanging, failing }: DeadUrls): Promise<void> => {
  for (let nth = 0; nth < DEAD; nth += 1) await createAt(store, [refusing, hanging, failing][nth % 3] ?? refusing, 0);
};

const openContestant = async (name: string, events: number, hasDead: boolean): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const sink = openSink();
  opening.use(sink.child);
  const webhooks = await openWebhookStore(store, events);
  if (hasDead)
    await createDead(webhooks, await opening.use(startChild('limits/webhook-dead.server.ts')).ask<DeadUrls>('urls'));
  const url = await sink.ask<string>('url');
  const living: string[] = [];
  for (let nth = 0; nth < LIVING; nth += 1) living.push(await createAt(webhooks, url, events));
  const opened = opening.move();
  return {
    name,
    round: async () => {
      await sink.ask('reset');
      // By turns, as the rounds: the dead of the other contestant must not be at work meanwhile.
      await using _running = webhooks.start();
      const used = store.meter();
      for (const id of living) taken(await webhooks.endpoints.redeliver(id, NO_POSITIONS));
      const { count, firstMs, lastMs } = await untilCounted(sink, events * LIVING);
      return { operations: count, seconds: (lastMs - firstMs) / 1_000, cpuMicros: used() };
    },
    verify: async () => {
      const { count } = await untilCounted(sink, events * LIVING);
      if (count !== events * LIVING) throw new Error(`${count} deliveries of ${events * LIVING}: some came twice.`);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

export const w2 = (scale: Scale): Row => ({
  id: 'W2',
  title: 'Deliveries to four endpoints, with and without one hundred that refuse, hang or fail',
  goal: 'the dead cost the living at most a tenth',
  contestants: [
    () => openContestant(BESIDE, eventsOf(scale), true),
    () => openContestant(ALONE, eventsOf(scale), false),
  ],
  judge: (results) => {
    const [beside, alone] = [BESIDE, ALONE].map((name) => perSecond(results.get(name) ?? []).median);
    const ratio = (beside ?? 0) / (alone ?? 1);
    return {
      measured: `${beside?.toFixed(0)} /s beside one hundred dead`,
      limit: `${alone?.toFixed(0)} /s alone`,
      ratio,
      met: ratio >= GOAL_SHARE,
    };
  },
});
