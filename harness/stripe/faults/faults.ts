import type { Random } from '../../support/random.ts';

/** What may befall a request. `error-…`: a 500 that the idempotency key keeps, before or after the effect. */
export const API_FAULTS = [
  'lose-request',
  'lose-answer',
  'hang',
  'slow',
  'conflict',
  'rate-limit',
  'unavailable',
  'error-before',
  'error-after',
] as const;

/** What may befall an event on its way to the endpoint. `foreign`: another system of the account is paid at the same time. */
const WEBHOOK_FAULTS = ['event-lost', 'event-doubled', 'event-late', 'event-reordered', 'event-foreign'] as const;

export type ApiFault = (typeof API_FAULTS)[number];
export type WebhookFault = (typeof WEBHOOK_FAULTS)[number];
export type Fault = ApiFault | WebhookFault;

export interface FaultPlan {
  /** How probable a fault is, for a request and for an event. */
  readonly api: number;
  readonly webhook: number;
  /** How many may strike in all. */
  readonly budget: number;
  /** All where it is left out. */
  readonly kinds?: readonly Fault[];
}

/** Faults that are sure to strike. */
export interface Armed {
  readonly kind: Fault;
  /** How often; once where it is left out. */
  readonly times?: number;
  /** Only what is asked with this method, and has this in its path; for an event: in its type. */
  readonly method?: string;
  readonly path?: string;
}

interface Target {
  readonly method: string;
  readonly path: string;
  readonly hasKey: boolean;
}

type Waiting = Omit<Armed, 'times'> & { left: number };

const QUIET: FaultPlan = { api: 0, webhook: 0, budget: 0 };

/** Decides, by a seed, what goes wrong. */
export class Faults {
  readonly #random: Random;
  readonly #struck = new Map<Fault, number>();
  #plan = QUIET;
  #left = 0;
  #armed: Waiting[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  plan(plan: FaultPlan): void {
    this.#plan = plan;
    this.#left = plan.budget;
  }

  arm({ times = 1, ...armed }: Armed): void {
    this.#armed.push({ ...armed, left: times });
  }

  /** How often each has struck. */
  get struck(): Readonly<Partial<Record<Fault, number>>> {
    return Object.fromEntries(this.#struck);
  }

  ofRequest(target: Target): ApiFault | null {
    const fits = (kind: ApiFault): boolean => kind !== 'conflict' || target.hasKey;
    return this.#draw(API_FAULTS.filter(fits), target, this.#plan.api);
  }

  ofEvent(type: string): WebhookFault | null {
    return this.#draw(WEBHOOK_FAULTS, { method: 'EVENT', path: type, hasKey: false }, this.#plan.webhook);
  }

  #draw<K extends Fault>(kinds: readonly K[], target: Target, rate: number): K | null {
    const armed = this.#takeArmed(kinds, target);
    if (armed !== null) return this.#strike(armed);
    const { kinds: wanted } = this.#plan;
    const possible = wanted === undefined ? kinds : kinds.filter((kind) => wanted.includes(kind));
    if (this.#left === 0 || possible.length === 0 || !this.#random.chance(rate)) return null;
    this.#left -= 1;
    return this.#strike(this.#random.pick(this.#rarest(possible)));
  }

  /** Those that have struck least, so that each strikes in a short run, too. */
  #rarest<K extends Fault>(kinds: readonly K[]): readonly K[] {
    const times = (kind: Fault): number => this.#struck.get(kind) ?? 0;
    const least = Math.min(...kinds.map(times));
    return kinds.filter((kind) => times(kind) === least);
  }

  #takeArmed<K extends Fault>(kinds: readonly K[], { method, path }: Target): K | null {
    for (const armed of this.#armed) {
      const kind = kinds.find((each) => each === armed.kind);
      const isHere = (armed.method ?? method) === method && path.includes(armed.path ?? '');
      if (kind === undefined || !isHere) continue;
      armed.left -= 1;
      this.#armed = this.#armed.filter(({ left }) => left > 0);
      return kind;
    }
    return null;
  }

  #strike<K extends Fault>(kind: K): K {
    this.#struck.set(kind, (this.#struck.get(kind) ?? 0) + 1);
    return kind;
  }
}
