import type { Mutant } from '../mutant.ts';
import { ackBeforeCommit } from './ack-before-commit.ts';
import { asynchronousCommit } from './asynchronous-commit.ts';
import { calledBeforeWritten } from './called-before-written.ts';
import { cursorForgetsPartition } from './cursor-forgets-partition.ts';
import { finalIsComplete } from './final-is-complete.ts';
import { groupFromNow } from './group-from-now.ts';
import { idCursorRelay } from './id-cursor-relay.ts';
import { inboxOutsideTransaction } from './inbox-outside-transaction.ts';
import { keyInOwnTransaction } from './key-in-own-transaction.ts';
import { kindBlindCache } from './kind-blind-cache.ts';
import { maxlenTrimming } from './maxlen-trimming.ts';
import { noSweeper } from './no-sweeper.ts';
import { orderInTwoPartitions } from './order-in-two-partitions.ts';
import { outcomeToldTwice } from './outcome-told-twice.ts';
import { partitionWrittenByTwo } from './partition-written-by-two.ts';
import { readThenWriteStock } from './read-then-write-stock.ts';
import { snapshotThenSubscribe } from './snapshot-then-subscribe.ts';
import { strangersVerdict } from './strangers-verdict.ts';
import { unabsorbingEnd } from './unabsorbing-end.ts';
import { unaskedIdentity } from './unasked-identity.ts';
import { ungatedProjector } from './ungated-projector.ts';
import { unguardedCompensation } from './unguarded-compensation.ts';
import { unknownIsUntaken } from './unknown-is-untaken.ts';
import { unsortedLocks } from './unsorted-locks.ts';

/** In the order of their numbers. Source: failures.md, "Test of the test". */
export const CATALOGUE: readonly Mutant[] = [
  idCursorRelay,
  ackBeforeCommit,
  inboxOutsideTransaction,
  unguardedCompensation,
  readThenWriteStock,
  unsortedLocks,
  groupFromNow,
  maxlenTrimming,
  noSweeper,
  asynchronousCommit,
  snapshotThenSubscribe,
  ungatedProjector,
  keyInOwnTransaction,
  unabsorbingEnd,
  strangersVerdict,
  finalIsComplete,
  kindBlindCache,
  unaskedIdentity,
  outcomeToldTwice,
  unknownIsUntaken,
  calledBeforeWritten,
  partitionWrittenByTwo,
  cursorForgetsPartition,
  orderInTwoPartitions,
];
export { MENDED_BY_SWEEP, WITHOUT_SWEEP } from './without-sweep.ts';
