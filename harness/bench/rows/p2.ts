import { perSecond, type Row } from '../measure/index.ts';
import { openCommands, requestsToLimit, requestsToShop } from './add-items.ts';
import { httpContestant } from './http-contestant.ts';
import { openLimit } from './limit-target.ts';
import type { Scale } from './scale.ts';

const ONE = 'panier, one process';
const APART = 'panier, gateway apart';
const YOGA = 'bare Yoga, no-op';

export const p2 = ({ isQuick }: Scale): Row => {
  const carts = { carts: isQuick ? 100 : 1_000, inFlight: 128 };
  const apart = () => httpContestant(APART, () => openCommands('gateway apart', 'settled'), requestsToShop(carts));
  return {
    id: 'P2',
    title: 'Sustained durable commands, published, stored and projected, with everything on this machine',
    goal: 'at least the rate of a bare Yoga no-op; a round lasts until relay, saga and audit are level',
    contestants: [
      () => httpContestant(ONE, () => openCommands('one process', 'settled'), requestsToShop(carts)),
      ...(isQuick ? [] : [apart]),
      () => httpContestant(YOGA, () => openLimit('yoga'), requestsToLimit(carts)),
    ],
    judge: (results) => {
      const rateOf = (name: string): number => perSecond(results.get(name) ?? []).median;
      const [best = ONE] = [...results.keys()]
        .filter((name) => name !== YOGA)
        .toSorted((left, right) => rateOf(right) - rateOf(left));
      const ratio = rateOf(best) / rateOf(YOGA);
      return {
        measured: `${rateOf(best).toFixed(0)} commands/s (${best})`,
        limit: `${rateOf(YOGA).toFixed(0)} no-ops/s`,
        ratio,
        met: ratio >= 1,
      };
    },
  };
};
