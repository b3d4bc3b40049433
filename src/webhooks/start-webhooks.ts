import type { Db } from '../database/index.ts';
import { type Clock, type Logger, systemClock, type WebhookAllowance } from '../platform/index.ts';
import type { Waiting } from './backlog.ts';
import { POST_LIMITS } from './post.ts';
import { keepTicking, Worker, type WorkerLimits } from './worker.ts';

const DAY_MS = 86_400_000;

/** What every endpoint is granted, unless told otherwise. */
const WORKER_LIMITS: WorkerLimits = {
  maxConcurrency: 16,
  pauses: { firstMs: 1_000, maxMs: 600_000 },
  giveUpMs: 3 * DAY_MS,
  saveEveryMs: 500,
  leaseMs: 10_000,
  tickMs: 1_000,
  post: POST_LIMITS,
};

/** Tells when the event store may have grown; see `LiveChanges`. */
export interface NewEvents extends Disposable {
  readonly next: (signal?: AbortSignal) => Promise<void>;
}

export interface WebhooksParts {
  readonly db: Db;
  /** Where the event store is, unless it is with the endpoints. */
  readonly events?: Db;
  readonly newEvents: NewEvents;
  readonly allow: WebhookAllowance;
  readonly httpsOnly: boolean;
  readonly logger: Logger;
  readonly limits?: Partial<WorkerLimits>;
  readonly clock?: Clock;
}

/** After each wake, for all its readers: many small batches of the event store are read as one. */
const REST_MS = 10;

const keepWaking = async (
  worker: Worker,
  newEvents: NewEvents,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
) => {
  while (!signal.aborted) {
    await newEvents.next(signal);
    worker.wake();
    await clock.sleep(REST_MS + worker.lanes, signal);
  }
};

/** The deliveries of a process. */
export interface OpenWebhooks extends AsyncDisposable {
  /** What is read for the endpoints that it leads, and not delivered: an element for each. */
  readonly waiting: () => readonly Waiting[];
}

/** Sends the events of the event store to the endpoints that this process leads, until disposed. */
export const startWebhooks = (parts: WebhooksParts): OpenWebhooks => {
  const { db, events = db, newEvents, allow, httpsOnly, logger, clock = systemClock } = parts;
  const limits = { ...WORKER_LIMITS, ...parts.limits };
  const workerParts = { db, events, rules: { allow, httpsOnly }, limits, clock, logger };
  const worker = new Worker(workerParts);
  const stopping = new AbortController();
  const waking = keepWaking(worker, newEvents, { clock, signal: stopping.signal });
  const ticking = keepTicking(worker, workerParts);
  return {
    waiting: () => worker.waiting,
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      newEvents[Symbol.dispose]();
      await Promise.all([waking, ticking[Symbol.asyncDispose]()]);
      await worker.stop();
    },
  };
};
