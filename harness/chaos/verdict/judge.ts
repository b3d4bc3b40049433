import { acknowledgedIsStored, equalAnswers, plausibleRejections } from './check-answers.ts';
import { nothingUnasked, onlyConflictsRefuse } from './check-asked.ts';
import { nothingOfOthers } from './check-authorisation.ts';
import { eachAdditionCounts, noPhantomChanges, noPhantomOrders, oneOrderPerCart } from './check-effects.ts';
import { noEarlyExpiry } from './check-expiry.ts';
import { foreignStock } from './check-foreign.ts';
import {
  causesKnown,
  completeAudit,
  contiguousVersions,
  foreignEventsKept,
  positionsFollowVersions,
  storedOnce,
} from './check-journal.ts';
import {
  everythingResolved,
  noCrashes,
  noDefects,
  noFailedDeliveries,
  noProgrammingErrors,
  onlyPoisonDies,
  poisonDies,
  rest,
} from './check-liveness.ts';
import { cartModels, orderModels } from './check-models.ts';
import { money, orderRules } from './check-orders.ts';
import { eachInItsPartition } from './check-partitions.ts';
import { conservation, deliveriesCount, neverOversold, shortagesAreTrue } from './check-stock.ts';
import { followedEvents, subscriptions } from './check-watches.ts';
import type { Evidence } from './evidence.ts';
import type { Check, Violation } from './violation.ts';

const CHECKS: readonly Check[] = [
  completeAudit,
  storedOnce,
  contiguousVersions,
  positionsFollowVersions,
  eachInItsPartition,
  causesKnown,
  equalAnswers,
  acknowledgedIsStored,
  plausibleRejections,
  noPhantomChanges,
  eachAdditionCounts,
  oneOrderPerCart,
  noPhantomOrders,
  nothingUnasked,
  onlyConflictsRefuse,
  deliveriesCount,
  orderRules,
  money,
  cartModels,
  orderModels,
  subscriptions,
  followedEvents,
  noEarlyExpiry,
  rest,
  everythingResolved,
  onlyPoisonDies,
  noCrashes,
  noDefects,
  noFailedDeliveries,
  noProgrammingErrors,
  nothingOfOthers,
];

/** The ledger's stock; where an inventory elsewhere keeps it, the ledger knows of none. */
const LEDGER_CHECKS: readonly Check[] = [neverOversold, shortagesAreTrue, conservation];

const stockOf = (evidence: Evidence): readonly Violation[] =>
  evidence.foreign === null
    ? LEDGER_CHECKS.flatMap((check) => check(evidence))
    : foreignStock(evidence, evidence.foreign);

export interface JudgeOptions {
  /** Whether Redis lost entries: what another service adds is in Redis alone until all groups have it. */
  readonly hasLostEntries: boolean;
}

/** Every invariant, against all that is known. Source: failures.md, "Invariants". */
export const judge = (evidence: Evidence, { hasLostEntries }: JudgeOptions): readonly Violation[] => [
  ...CHECKS.flatMap((check) => check(evidence)),
  ...stockOf(evidence),
  ...(hasLostEntries ? [] : [foreignEventsKept, poisonDies].flatMap((check) => check(evidence))),
];
