import type { Call, CallOutcome, Inventory } from '../../../src/saga/index.ts';
import type { Actor } from '../engine/actor.ts';
import type { Link, Scheduler } from '../engine/scheduler.ts';

/** What a shop's own inventory remembers, for ever: its stock, and its answer to each key. */
export class InventoryLedger {
  /** By product; what nobody has delivered is not known here. */
  readonly stock = new Map<string, number>();
  /** Units of every product that were put in. */
  readonly delivered = new Map<string, number>();
  /** Every change that took effect, in order. */
  readonly changes: (Call & { readonly key: string })[] = [];
  readonly #answers = new Map<string, CallOutcome>();

  deliver(productId: string, units: number): void {
    this.stock.set(productId, (this.stock.get(productId) ?? 0) + units);
    this.delivered.set(productId, (this.delivered.get(productId) ?? 0) + units);
  }

  /** The same key again: the same answer, and no effect. */
  carryOut(call: Call): CallOutcome {
    const key = `${call.orderId}:${call.productId}:${call.way}`;
    const answer = this.#answers.get(key) ?? this.#change(call, key);
    this.#answers.set(key, answer);
    return answer;
  }

  #change(call: Call, key: string): CallOutcome {
    const available = this.stock.get(call.productId);
    if (available === undefined) return { type: 'Refused', available: 0 };
    const left = available + (call.way === 'reduce' ? -call.quantity : call.quantity);
    if (left < 0) return { type: 'Refused', available };
    this.stock.set(call.productId, left);
    this.changes.push({ ...call, key });
    return { type: 'Done' };
  }
}

/** What befalls a call beside the loss of it or of its answer. */
export type CallFault = 'Doubled' | 'Delayed' | 'TurnedAway' | null;

interface Reaching {
  readonly actor: Actor;
  readonly scheduler: Scheduler;
  readonly fault: Link['fault'];
  readonly callFault: () => CallFault;
  /** Whoever carries out what comes late, when the process that asked may be dead. */
  readonly courier: Actor;
}

const AWAY: CallOutcome = { type: 'NotKnown', retryAfterMs: 0, isAway: true };
const TURNED_AWAY: CallOutcome = { type: 'NotKnown', retryAfterMs: 150, isAway: true };
/** Longer than a lease: what is late arrives behind what was asked since. */
const LATE_MS = [3, 600, 5_000];

/** The inventory, as one process reaches it. */
export const memoryInventory = (
  ledger: InventoryLedger,
  { actor, scheduler, fault, callFault, courier }: Reaching,
): Inventory => {
  const later = (call: Call): void => {
    for (const afterMs of LATE_MS)
      scheduler.at(scheduler.nowMs + afterMs, {
        actor: courier,
        label: `late ${call.way}`,
        run: () => void ledger.carryOut(call),
      });
  };
  const effectOn = (call: Call) => (): CallOutcome => {
    const befalls = callFault();
    if (befalls === 'TurnedAway') return TURNED_AWAY;
    if (befalls === 'Delayed') {
      later(call);
      return AWAY;
    }
    if (befalls === 'Doubled') later(call);
    return ledger.carryOut(call);
  };
  const link: Link = { fault, failure: () => new Error('The inventory did not answer.') };
  return {
    call: (call) =>
      scheduler.request({ actor, label: `inventory ${call.way}`, link, effect: effectOn(call) }).catch(() => AWAY),
  };
};
