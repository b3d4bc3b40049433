import type { Db } from '../database/index.ts';
import { furthest, NO_POSITIONS, type Positions, positionIn } from '../events/index.ts';
import type { Backlog } from './backlog.ts';
import { type Delivery, progressOf } from './delivery.ts';
import type { WebhookStatus } from './endpoint.ts';
import type { Intake } from './intake.ts';
import { type Led, type Standing, saveStanding } from './lane-store.ts';
import type { Failure } from './outcome.ts';

/** Passed over, they are noted only now and then: to pass over them again costs less. */
const MANY_OF_NO_CONCERN = 1_000n;

export interface AccountParts {
  readonly db: Db;
  readonly led: Led;
  readonly worker: string;
  readonly backlog: Backlog;
  readonly intake: Intake;
}

/** What is to be noted of the deliveries to an endpoint: how far they are, and what went wrong last. */
export class Account {
  readonly #parts: AccountParts;
  #head: Positions;
  #doneTo = NO_POSITIONS;
  #status: WebhookStatus = 'ACTIVE';
  #failure: Standing['failure'] = null;

  constructor(parts: AccountParts) {
    this.#parts = parts;
    this.#head = parts.led.head;
  }

  delivered({ followed: { partition, position } }: Delivery): void {
    this.#doneTo = furthest(this.#doneTo, new Map([[partition, position]]));
  }

  failed({ followed }: Delivery, failure: Failure): void {
    this.#failure = { ...failure, eventId: followed.envelope.eventId };
  }

  end(status: WebhookStatus): void {
    this.#status = status;
  }

  /** Whether so many events were read and passed over that it should be noted. */
  get hasPassedMany(): boolean {
    const { backlog, intake } = this.#parts;
    const isFarBehind = ([partition, position]: readonly [number, bigint]): boolean =>
      position - positionIn(this.#head, partition) > MANY_OF_NO_CONCERN;
    return backlog.isEmpty && [...intake.seenTo].some(isFarBehind);
  }

  /** False when the endpoint is somebody else's by now, or stands elsewhere. */
  async save(dueMs: number | null): Promise<boolean> {
    const { db, led, worker, backlog, intake } = this.#parts;
    const [failure, status] = [this.#failure, this.#status];
    const progress = progressOf(backlog.unfinished, {
      head: this.#head,
      doneTo: this.#doneTo,
      seenTo: intake.seenTo,
    });
    const nextAttemptMs = status === 'ACTIVE' && backlog.hasFailed ? dueMs : null;
    const saved = { ...progress, status, nextAttemptMs, failure };
    const isOurs = await saveStanding(db, { id: led.id, epoch: led.epoch, leader: worker }, saved);
    this.#head = progress.head;
    if (this.#failure === failure) this.#failure = null;
    return isOurs;
  }
}
