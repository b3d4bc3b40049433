import { cpuOf, type Row, systemCpuOf } from '../measure/index.ts';
import { openCommands, requestsToEcho, requestsToLimit, requestsToShop } from './add-items.ts';
import { httpContestant } from './http-contestant.ts';
import { openLimit } from './limit-target.ts';
import type { Scale } from './scale.ts';

const GATEWAY_MICROS = 200;
const SYSTEM_MICROS = 450;
const PANIER = 'panier, gateway apart';
const YOGA = 'bare Yoga, no-op';

export const p1 = ({ isQuick }: Scale): Row => {
  const carts = { carts: isQuick ? 50 : 500, inFlight: 32 };
  return {
    id: 'P1',
    title: 'What a durable addCartItem through HTTP costs',
    goal: `≤ ${GATEWAY_MICROS} µs CPU of the gateway, ≤ ${SYSTEM_MICROS} µs of the whole system`,
    contestants: [
      () => httpContestant(PANIER, () => openCommands('gateway apart', 'settled'), requestsToShop(carts)),
      () => httpContestant(YOGA, () => openLimit('yoga'), requestsToLimit(carts)),
      () => httpContestant('bare node:http + graphql-jit', () => openLimit('jit'), requestsToLimit(carts)),
      () => httpContestant('node:http echo', () => openLimit('echo'), requestsToEcho(carts)),
    ],
    judge: (results) => {
      const rounds = results.get(PANIER) ?? [];
      const gateway = cpuOf(rounds, 'gateway').median;
      const system = systemCpuOf(rounds).median;
      const yoga = cpuOf(results.get(YOGA) ?? [], 'gateway').median;
      return {
        measured: `gateway ${gateway.toFixed(0)} µs, system ${system.toFixed(0)} µs`,
        limit: `bare Yoga ${yoga.toFixed(0)} µs`,
        ratio: gateway / yoga,
        met: gateway <= GATEWAY_MICROS && system <= SYSTEM_MICROS,
      };
    },
  };
};
