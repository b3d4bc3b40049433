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
  readonly end: () => void;
}

/** Whatever is over is ended within a second; a timer for each would be one that Node cannot wait for thirty days. */
const LOOK_EVERY_MS = 250;

/** What is open for longer than an answer takes, so that it ends with the token that let it in, expired or revoked. */
export class Admitted implements Disposable {
  readonly #open = new Set<Open>();
  readonly #revocations: Revocations;
  readonly #listening: Disposable;
  readonly #timer: NodeJS.Timeout;

  constructor(revocations: Revocations) {
    const look = guarded(() => this.#look(), ignored);
    this.#revocations = revocations;
    this.#listening = revocations.onRevoked(look);
    this.#timer = setInterval(look, LOOK_EVERY_MS).unref();
  }

  /** Calls `end`, once, when the admission is over, unless it was disposed before. */
  open(admission: Admission, end: () => void): Opening {
    const open: Open = { admission, end };
    this.#open.add(open);
    return {
      get admission() {
        return open.admission;
      },
      renew: (renewed) => {
        open.admission = renewed;
      },
      [Symbol.dispose]: () => void this.#open.delete(open),
    };
  }

  /** Also of what was let in a moment ago: a request has a leeway that nothing which stays open has. */
  isOver({ expiresAtMs, subject, issuedAtSeconds }: Admission): boolean {
    if (expiresAtMs !== null && expiresAtMs <= Date.now()) return true;
    // One that does not say when it was issued may be any of them.
    return subject !== null && this.#revocations.isRevoked(subject, issuedAtSeconds ?? 0);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#listening[Symbol.dispose]();
  }

  #look(): void {
    for (const open of this.#open) {
      if (!this.isOver(open.admission)) continue;
      this.#open.delete(open);
      open.end();
    }
  }
}
