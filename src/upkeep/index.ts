export { type Comparing, type Missed, missedBy } from './restored/compare.ts';
export { fieldOf } from './restored/entries.ts';
export { mendStreams } from './restored/mend.ts';
export { openUpkeep, type Upkeep } from './runs/open-upkeep.ts';
export {
  isOver,
  type StepStatus,
  type UpkeepKind,
  type UpkeepRun,
  type UpkeepStatus,
  type UpkeepStep,
} from './runs/run.ts';
export type { Check, Finding, Offender } from './verification/check.ts';
export { CHECKS } from './verification/checks.ts';
export { DELIVERY_CHECK } from './verification/deliveries.ts';
export { EVENT_CHECKS } from './verification/events.ts';
export { isNobodysRedis } from './verification/nobodys-redis.ts';
export { READ_MODEL_CHECK } from './verification/read-models.ts';
export { isBroken, type Progress, runChecks, type Verdict } from './verification/run-checks.ts';
export { chosenChecks, VERIFY_CONNECTIONS, verify } from './verification/verify.ts';
export { startUpkeep } from './work/start-upkeep.ts';
