import { nothingUnasked, refusalsArePlausible } from './asked.ts';
import { mergesAreWhole } from './carts.ts';
import {
  acknowledgedIsThere,
  answersAreTheSame,
  deliveriesCount,
  eachAdditionCounts,
  everythingIsAnswered,
  mistakesAreRefused,
  noDefects,
  oneOrderPerCart,
} from './commands.ts';
import { completeIsLast } from './complete.ts';
import { inventoryIsWhole } from './inventory.ts';
import { eventStoreIsComplete, nothingWaits, versionsAreContiguous } from './journals.ts';
import { moneyIsRight } from './money.ts';
import {
  chargesAreAnswered,
  everyOrderIsFinal,
  ghostHoldOf,
  noGhostHold,
  oneEffectPerOrder,
  oneEnd,
  wholeLines,
} from './orders.ts';
import { noRings, partitionsAreRight } from './partitions.ts';
import { readModelsAreRight } from './read-models.ts';
import { shortagesAreTrue, stockIsConserved } from './stock.ts';
import { allForeign, allTold, ordersOf, outcomeOf } from './told.ts';
import type { Ended, Rule, Violation } from './violation.ts';

export type { Ended, Violation };
export { allForeign, allTold, ghostHoldOf, ordersOf, outcomeOf };

const RULES: readonly Rule[] = [
  noDefects,
  acknowledgedIsThere,
  eachAdditionCounts,
  deliveriesCount,
  mistakesAreRefused,
  everythingIsAnswered,
  nothingUnasked,
  refusalsArePlausible,
  answersAreTheSame,
  oneOrderPerCart,
  mergesAreWhole,
  versionsAreContiguous,
  oneEffectPerOrder,
  wholeLines,
  oneEnd,
  chargesAreAnswered,
  noGhostHold,
  stockIsConserved,
  shortagesAreTrue,
  inventoryIsWhole,
  moneyIsRight,
  eventStoreIsComplete,
  partitionsAreRight,
  noRings,
  readModelsAreRight,
  completeIsLast,
  everyOrderIsFinal,
  nothingWaits,
];

/** Everything that is not as it must be when all has come to rest. */
export const violationsOf = (ended: Omit<Ended, 'told' | 'orders' | 'foreign'>): readonly Violation[] => {
  const told = allTold(ended.database);
  const whole: Ended = { ...ended, told, orders: ordersOf(told), foreign: allForeign(ended.database) };
  return RULES.flatMap((rule) => rule(whole));
};
