import type { OperationResult } from '@urql/core';
import { useState } from 'react';
import { outcomeOf, type Refusal } from '../../ui/client/outcome.ts';
import { insist } from './insist.ts';
import { answered, keyOf } from './intent.ts';

interface Asked<Data, Member extends object> {
  /** What the person wants, by name: asked again, it is the same command until it is answered. */
  readonly intent: string;
  readonly ask: (idempotencyKey: string) => PromiseLike<OperationResult<Data>>;
  readonly pick: (data: Data) => Member;
}

interface Asking {
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  /** @returns what was done; null when it was refused, or a command is under way already */
  readonly run: <Data, Member extends object>(asked: Asked<Data, Member>) => Promise<Exclude<Member, Refusal> | null>;
}

/** Asks for a command, one at a time, and keeps why it was refused. */
export const useAsking = (): Asking => {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run: Asking['run'] = async ({ intent, ask, pick }) => {
    if (isBusy) return null;
    setBusy(true);
    setRefusal(null);
    const result = await insist(() => ask(keyOf(intent)));
    setBusy(false);
    // Without an answer it may have been done: asked again, it is the same command.
    if (result.data !== undefined) answered(intent);
    const outcome = outcomeOf(result, pick);
    if (outcome.kind === 'Done') return outcome.value;
    setRefusal(outcome);
    return null;
  };
  return { isBusy, refusal, run };
};
