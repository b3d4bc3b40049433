import { mayBeDone, type Outcome } from '../../ui/client/outcome.ts';

/** What is done with dead letters. */
export type Decision = { readonly kind: 'Retry' } | { readonly kind: 'Discard'; readonly reason: string };

export interface Refused {
  readonly id: string;
  readonly message: string;
}

/** How a decision about several letters goes. */
export interface Settling {
  readonly decision: Decision;
  readonly ids: readonly string[];
  readonly done: readonly string[];
  readonly refused: readonly Refused[];
  /** Of these nobody knows: panier did not say. */
  readonly unknown: readonly string[];
}

/** How many it is over for. */
export const overIn = ({ done, refused, unknown }: Settling): number => done.length + refused.length + unknown.length;

export const isUnderWay = (settling: Settling): boolean => overIn(settling) < settling.ids.length;

interface Deciding {
  readonly ids: readonly string[];
  readonly decision: Decision;
  readonly decide: (id: string, decision: Decision) => Promise<Outcome<unknown>>;
  /** Told at the start, and after each. */
  readonly onProgress: (settling: Settling) => void;
}

const after = (settling: Settling, id: string, outcome: Outcome<unknown>): Settling => {
  if (outcome.kind === 'Done') return { ...settling, done: [...settling.done, id] };
  if (mayBeDone(outcome)) return { ...settling, unknown: [...settling.unknown, id] };
  return { ...settling, refused: [...settling.refused, { id, message: outcome.message }] };
};

/** One after the other, each whatever became of those before it: a refusal is of one letter, and stops no other. */
export const settleAll = async ({ ids, decision, decide, onProgress }: Deciding): Promise<Settling> => {
  let settling: Settling = { decision, ids, done: [], refused: [], unknown: [] };
  onProgress(settling);
  for (const id of ids) {
    settling = after(settling, id, await decide(id, decision));
    onProgress(settling);
  }
  return settling;
};
