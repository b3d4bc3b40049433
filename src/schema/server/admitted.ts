import type { Admission, Revocations } from '../../access/index.ts';
import { guarded, ignored } from '../../platform/index.ts';

/** What is open for somebody who was let in. */
export interface Opening extends Disposable {
  /** As whom, at present. */
  readonly admission: Admission;
  /** Goes on as this one. */
  readonly renew: (admission: Admission) => void;
}

interface Open {
  admission: Admission;
  endsAtMs: number;
  readonly end: () => void;
}

/** Whatever is over is ended within a second; a timer for each would be one that Node cannot wait for thirty days. */
const LOOK_EVERY_MS = 250;

/** What is open for longer than an answer takes, so that it ends with the token that let it in, expired or revoked. */
export class Admitted implements Disposable {
  readonly #open = new Set<Open>();
  /** A revocation concerns few of many. */
  readonly #bySubject = new Map<string, Set<Open>>();
  readonly #revocations: Revocations;
  readonly #listening: Disposable;
  readonly #timer: NodeJS.Timeout;
  #nextEndMs = Number.POSITIVE_INFINITY;

  constructor(revocations: Revocations) {
    this.#revocations = revocations;
    this.#listening = revocations.onRevoked(guarded((subjects) => this.#endRevoked(subjects), ignored));
    this.#timer = setInterval(
      guarded(() => this.#endExpired(), ignored),
      LOOK_EVERY_MS,
    ).unref();
  }

  /** Calls `end`, once, when the admission is over, unless it was disposed before. */
  open(admission: Admission, end: () => void): Opening {
    const open: Open = { admission, endsAtMs: 0, end };
    this.#enter(open, admission);
    return {
      get admission() {
        return open.admission;
      },
      renew: (renewed) => {
        if (this.#leave(open)) this.#enter(open, renewed);
      },
      [Symbol.dispose]: () => void this.#leave(open),
    };
  }

  /** Also of what was let in a moment ago: a request has a leeway that nothing which stays open has. */
  isOver(admission: Admission): boolean {
    return this.#endOf(admission) <= Date.now();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#listening[Symbol.dispose]();
  }

  #endOf({ expiresAtMs, subject, issuedAtSeconds }: Admission): number {
    // One that does not say when it was issued may be any of them.
    if (subject !== null && this.#revocations.isRevoked(subject, issuedAtSeconds ?? 0)) return 0;
    return expiresAtMs ?? Number.POSITIVE_INFINITY;
  }

  #enter(open: Open, admission: Admission): void {
    open.admission = admission;
    open.endsAtMs = this.#endOf(admission);
    this.#open.add(open);
    this.#nextEndMs = Math.min(this.#nextEndMs, open.endsAtMs);
    const { subject } = admission;
    if (subject === null) return;
    const ofSubject = this.#bySubject.get(subject) ?? new Set();
    this.#bySubject.set(subject, ofSubject.add(open));
  }

  /** Whether it was still there. */
  #leave(open: Open): boolean {
    const subject = open.admission.subject ?? '';
    const ofSubject = this.#bySubject.get(subject);
    ofSubject?.delete(open);
    if (ofSubject?.size === 0) this.#bySubject.delete(subject);
    return this.#open.delete(open);
  }

  #endAll(over: readonly Open[]): void {
    for (const open of over) if (this.#leave(open)) open.end();
  }

  #endRevoked(subjects: readonly string[]): void {
    const ofThem = subjects.flatMap((subject) => [...(this.#bySubject.get(subject) ?? [])]);
    this.#endAll(ofThem.filter(({ admission }) => this.isOver(admission)));
  }

  #endExpired(): void {
    const nowMs = Date.now();
    if (nowMs < this.#nextEndMs) return;
    this.#endAll([...this.#open].filter(({ endsAtMs }) => endsAtMs <= nowMs));
    this.#nextEndMs = Number.POSITIVE_INFINITY;
    for (const { endsAtMs } of this.#open) this.#nextEndMs = Math.min(this.#nextEndMs, endsAtMs);
  }
}
