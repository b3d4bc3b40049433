import { CombinedError, type OperationResult } from '@urql/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askFor } from './ask-for.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Answer = Pick<OperationResult<{ readonly done: object }>, 'data' | 'error'>;

const failed = (code: string): Answer => ({
  // As an execution error comes: with data, which is null.
  data: null as never,
  error: new CombinedError({ graphQLErrors: [{ message: code, extensions: { code } }] }),
});

const keptIn = (): Parameters<typeof askFor>[1] => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};

/** By which keys a person's wish is asked for, the second time after that answer. */
const keysAround = async (answer: Answer): Promise<ReadonlySet<string>> => {
  const keys = new Set<string>();
  const kept = keptIn();
  const ask = async (key: string) => {
    keys.add(key);
    return answer as OperationResult<{ readonly done: object }>;
  };
  for (let nth = 0; nth < 2; nth += 1) {
    const asked = askFor({ intent: 'pay', ask, pick: ({ done }) => done }, kept);
    await vi.advanceTimersByTimeAsync(10_000);
    await asked;
  }
  return keys;
};

describe('what a customer asks for again', () => {
  it.each(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR'])(
    'is the same command after %s, for nobody knows whether it was done',
    async (code) => {
      expect((await keysAround(failed(code))).size).toBe(1);
    },
  );

  it('is another one once it was answered', async () => {
    expect((await keysAround(failed('FORBIDDEN'))).size).toBe(2);
    expect((await keysAround({ data: { done: {} } })).size).toBe(2);
  });
});
