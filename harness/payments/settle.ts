import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from './shop/crowd.ts';
import { type OrderSeen, ordersOf } from './shop/orders.ts';
import type { Stage } from './stage.ts';
import { type Evidence, evidenceOf } from './verdict/evidence.ts';
import { isSound, judge, type Verdict } from './verdict/judge.ts';

export interface Settled {
  readonly evidence: Evidence;
  readonly verdicts: readonly Verdict[];
  readonly settledAfterSeconds: number;
}

const PAUSE_MS = 1_000;
/** What was done twice may be told of later than all is well. */
const LAST_LOOK_MS = 3_000;

type Look = Pick<Settled, 'evidence' | 'verdicts'>;

/** Looks again and again; only what was not as it must be is asked for again. */
const openLooking = ({ panier, stripe }: Stage, { placed, refused }: Crowd) => {
  const ends = new Map(placed.map(({ orderId, play }) => [orderId, play.ends]));
  const orders = new Map<string, OrderSeen>();
  const look = async (ids: readonly string[]): Promise<Look> => {
    for (const [id, order] of await ordersOf(panier, ids)) orders.set(id, order);
    const evidence = evidenceOf({ placed: ends, orders, books: stripe.controls.books(), refused });
    return { evidence, verdicts: judge(evidence) };
  };
  const named = (verdicts: readonly Verdict[]): readonly string[] => {
    const complaints = verdicts.flatMap(({ broken }) => broken).join(' ');
    return [...ends.keys()].filter((id) => complaints.includes(id));
  };
  const all = () => look([...ends.keys()]);
  return { all, again: ({ verdicts }: Look) => look(named(verdicts)) };
};

/** Looks until everything is as it must be, and is so still a while later, or until the time is over. */
export const settle = async (stage: Stage, crowd: Crowd, withinSeconds: number): Promise<Settled> => {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1_000;
  const looking = openLooking(stage, crowd);
  let found = await looking.all();
  let isLast = false;
  while (!isLast && seconds() < withinSeconds) {
    const wasSound = isSound(found.verdicts);
    await delay(wasSound ? LAST_LOOK_MS : PAUSE_MS);
    found = await (wasSound ? looking.all() : looking.again(found));
    isLast = wasSound && isSound(found.verdicts);
  }
  return { ...found, settledAfterSeconds: seconds() };
};
