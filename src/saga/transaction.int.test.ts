import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conflict, systemClock } from '../platform/index.ts';
import { postgresLedger } from './postgres-ledger.ts';
import { type SagaAtWork, sagaAtWork } from './saga.fixture.ts';
import { inTransaction } from './transaction.ts';

let atWork: SagaAtWork;

beforeAll(async () => {
  atWork = await sagaAtWork();
});

afterAll(() => atWork[Symbol.asyncDispose]());

const deadlock = (): Error => Object.assign(new Error('deadlock detected'), { code: '40P01' });

/** Fails with each of the errors in turn, then returns the number of the attempt. */
const failingWith = (errors: readonly Error[]) => {
  const left = [...errors];
  let attempts = 0;
  return async (): Promise<number> => {
    attempts += 1;
    const error = left.shift();
    if (error !== undefined) throw error;
    return attempts;
  };
};

describe('a transaction', () => {
  it('begins again after it lost a race', async () => {
    const work = failingWith([deadlock(), new Conflict('overtaken')]);
    expect(await inTransaction({ store: postgresLedger(atWork.database), clock: systemClock }, work)).toBe(3);
  });

  it('gives up when it loses every race', async () => {
    const work = failingWith(Array.from({ length: 20 }, deadlock));
    await expect(inTransaction({ store: postgresLedger(atWork.database), clock: systemClock }, work)).rejects.toThrow(
      'deadlock detected',
    );
  });

  it('does not repeat what failed otherwise', async () => {
    const work = failingWith([new Error('defect')]);
    await expect(inTransaction({ store: postgresLedger(atWork.database), clock: systemClock }, work)).rejects.toThrow(
      'defect',
    );
    expect(await work()).toBe(2);
  });
});
