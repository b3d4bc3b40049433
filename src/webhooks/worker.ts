import { randomBytes } from 'node:crypto';
import type { Db } from '../database/index.ts';
import { type Clock, ignored, type Logger, repeat } from '../platform/index.ts';
import { headPositions } from '../projection/index.ts';
import type { Waiting } from './backlog.ts';
import type { TargetRules } from './connector.ts';
import { Lane, type LaneLimits } from './lane.ts';
import type { Led } from './lane-store.ts';
import { openPoster, type PostLimits } from './post.ts';
import { shiftOf } from './share.ts';
import { asFarAsStored, resumeEndpoints } from './stored.ts';
import { followable, type Look, Trail } from './trail.ts';
import { beat, claim, leave, release, survey } from './worker-store.ts';

export interface WorkerLimits extends LaneLimits {
  /** How long an endpoint stays with a process that says nothing more. */
  readonly leaseMs: number;
  readonly tickMs: number;
  readonly post: PostLimits;
}

export interface WorkerParts {
  readonly db: Db;
  readonly events: Db;
  readonly rules: TargetRules;
  readonly limits: WorkerLimits;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Of a lease, so that whoever takes over does not begin before this one has noticed. */
const SAFE_SHARE = 0.8;

const tellOfLoss = (logger: Logger, { kept }: Look): void => {
  if (kept.length === 0)
    logger.warn(
      'the event store may have lost events of before this process ran: webhooks go on at its end, and what came in their place is not sent',
    );
  else logger.warn('the event store may have lost events: webhooks go on behind the last one that is surely there');
};

const newWorkerId = (): string => `worker_${randomBytes(12).toString('hex')}`;

/** Leads a share of the endpoints, for as long as its lease runs. */
export class Worker {
  readonly #parts: WorkerParts;
  readonly #lanes = new Map<string, Lane>();
  readonly #trail: Trail;
  #id = newWorkerId();
  #leadsUntilMs = 0;

  constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.#trail = new Trail(followable(parts.events));
  }

  get lanes(): number {
    return this.#lanes.size;
  }

  /** Of all endpoints that this process leads. */
  get waiting(): readonly Waiting[] {
    return [...this.#lanes.values()].map(({ waiting }) => waiting);
  }

  /** There are new events. */
  wake(): void {
    for (const lane of this.#lanes.values()) lane.wake();
  }

  /** Takes the lease on, and the share that is due to it. @throws when the database is away */
  async tick(): Promise<void> {
    await this.#beat();
    const { db } = this.#parts;
    const held = [...this.#lanes.values()].map(({ led: { id, revision } }) => ({ id, revision }));
    const shift = shiftOf(await survey(db), this.#id, held);
    await this.#stop(shift.stop);
    const given = shift.stop.filter((id) => !shift.claim.includes(id));
    await release(db, this.#id, given);
    await this.#followStore();
    await this.#takeUp(shift.claim);
  }

  /** Gives everything back. */
  async stop(): Promise<void> {
    await this.#stop([...this.#lanes.keys()]);
    await leave(this.#parts.db, this.#id).catch(ignored);
  }

  async #beat(): Promise<void> {
    const { db, clock, limits } = this.#parts;
    const askedAtMs = clock.nowMs();
    if (!(await beat(db, this.#id, limits.leaseMs))) {
      await this.#stop([...this.#lanes.keys()]);
      this.#id = newWorkerId();
      await beat(db, this.#id, limits.leaseMs);
    }
    const hadLapsed = !this.#isLeading();
    this.#leadsUntilMs = askedAtMs + limits.leaseMs * SAFE_SHARE;
    if (hadLapsed) this.wake();
  }

  #isLeading(): boolean {
    return this.#parts.clock.nowMs() < this.#leadsUntilMs;
  }

  /** Endpoints that were led beyond what the event store lost are led from there, once what they stand at is looked up again. */
  async #followStore(): Promise<void> {
    const { db, logger } = this.#parts;
    const look = await this.#trail.look();
    if (look.keptTo !== null) {
      await resumeEndpoints(db, look.keptTo);
      tellOfLoss(logger, look);
    }
    this.#trail.note(look);
  }

  async #stop(ids: readonly string[]): Promise<void> {
    const lanes = ids.flatMap((id) => this.#lanes.get(id) ?? []);
    await Promise.all(lanes.map((lane) => lane[Symbol.asyncDispose]()));
    for (const id of ids) this.#lanes.delete(id);
  }

  async #takeUp(ids: readonly string[]): Promise<void> {
    const { db, events } = this.#parts;
    const claimed = await claim(db, this.#id, ids);
    if (claimed.length === 0) return;
    // Not before: whoever led until then may have gone on meanwhile.
    const stored = await headPositions(events);
    for (const led of claimed) this.#open({ ...led, ...asFarAsStored(led, stored) });
  }

  #open(led: Led): void {
    const { db, events, rules, limits, clock, logger } = this.#parts;
    const poster = openPoster({ url: led.url, rules, connections: limits.maxConcurrency, limits: limits.post });
    const isLeading = (): boolean => this.#isLeading();
    const lane = new Lane({ db, events, led, worker: this.#id, poster, limits, isLeading, clock, logger });
    this.#lanes.set(led.id, lane);
    lane.wake();
  }
}

/** Ticks until disposed. */
export const keepTicking = (worker: Worker, { clock, logger, limits }: WorkerParts): AsyncDisposable =>
  repeat(() => worker.tick(), {
    everyMs: limits.tickMs,
    clock,
    onFailure: (error) => logger.debug({ error }, 'webhooks: the endpoints cannot be looked up'),
  });
