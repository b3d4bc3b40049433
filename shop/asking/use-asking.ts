import type { OperationResult } from '@urql/core';
import { useState } from 'react';
import { NO_ANSWER, type Refusal, refusalOf } from './answer.ts';
import { insist } from './insist.ts';
import { answered, keyOf } from './intent.ts';

interface Given {
  readonly __typename: string;
}

type Done<Result extends Given> = Exclude<Result, { readonly code: string }>;

interface Asked<Data, Result extends Given> {
  /** What the person wants, by name: asked again, it is the same command until it is answered. */
  readonly intent: string;
  readonly ask: (idempotencyKey: string) => PromiseLike<OperationResult<Data>>;
  readonly pick: (data: Data) => Result;
}

interface Asking {
  readonly isBusy: boolean;
  readonly refusal: Refusal | null;
  /** @returns what was done; null when it was refused, or a command is under way already */
  readonly run: <Data, Result extends Given>(asked: Asked<Data, Result>) => Promise<Done<Result> | null>;
}

const isRefusal = (given: Given): given is Given & Refusal => 'code' in given && 'message' in given;

/** Asks for a command, one at a time, and keeps why it was refused. */
export const useAsking = (): Asking => {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run: Asking['run'] = async ({ intent, ask, pick }) => {
    if (isBusy) return null;
    setBusy(true);
    setRefusal(null);
    const { data, error } = await insist(() => ask(keyOf(intent)));
    setBusy(false);
    if (data === undefined) {
      setRefusal(error === undefined ? { code: NO_ANSWER, message: '' } : refusalOf(error));
      return null;
    }
    answered(intent);
    const given = pick(data);
    if (!isRefusal(given)) return given as Done<typeof given>;
    setRefusal(given);
    return null;
  };
  return { isBusy, refusal, run };
};
