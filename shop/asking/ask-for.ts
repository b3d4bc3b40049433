import type { OperationResult } from '@urql/core';
import { mayBeDone, type Outcome, outcomeOf, type Refusal } from '../../ui/client/outcome.ts';
import { insist } from './insist.ts';
import { answered, keyOf } from './intent.ts';

export interface Asked<Data, Member extends object> {
  /** What the person wants, by name: asked again, it is the same command until it is answered. */
  readonly intent: string;
  readonly ask: (idempotencyKey: string) => PromiseLike<OperationResult<Data>>;
  readonly pick: (data: Data) => Member;
}

/** Asks for a command by the key of what the person wants. While it may have been done, the key stays. */
export const askFor = async <Data, Member extends object>(
  { intent, ask, pick }: Asked<Data, Member>,
  kept: Parameters<typeof keyOf>[1] = sessionStorage,
): Promise<Outcome<Exclude<Member, Refusal>>> => {
  const result = await insist(() => ask(keyOf(intent, kept)));
  const outcome = outcomeOf(result, pick);
  if (!mayBeDone(outcome)) answered(intent, kept);
  return outcome;
};
