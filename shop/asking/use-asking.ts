import { useState } from 'react';
import type { Refusal } from '../../ui/client/outcome.ts';
import { type Asked, askFor } from './ask-for.ts';

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
  const run: Asking['run'] = async (asked) => {
    if (isBusy) return null;
    setBusy(true);
    setRefusal(null);
    const outcome = await askFor(asked);
    setBusy(false);
    if (outcome.kind === 'Done') return outcome.value;
    setRefusal(outcome);
    return null;
  };
  return { isBusy, refusal, run };
};
