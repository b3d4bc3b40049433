import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { guarded, ignored } from './guarded.ts';

describe('a guarded listener', () => {
  it('is given what the event gives', () => {
    const emitter = new EventEmitter();
    const received: unknown[] = [];
    emitter.on(
      'event',
      guarded((...given: unknown[]) => received.push(...given), ignored),
    );
    emitter.emit('event', 1, 'two');
    expect(received).toEqual([1, 'two']);
  });

  it('tells of what it throws instead of throwing it', () => {
    const emitter = new EventEmitter();
    const failures: unknown[] = [];
    const failure = new Error('in the listener');
    const fail = (): void => {
      throw failure;
    };
    emitter.on(
      'event',
      guarded(fail, (error) => failures.push(error)),
    );
    expect(emitter.emit('event')).toBe(true);
    expect(failures).toEqual([failure]);
  });

  it('tells of what it rejects with instead of leaving it to nobody', async () => {
    const failures: unknown[] = [];
    const failure = new Error('after a while');
    guarded(
      () => Promise.reject(failure),
      (error) => failures.push(error),
    )();
    await expect.poll(() => failures).toEqual([failure]);
  });
});
