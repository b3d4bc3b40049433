import { afterEach, describe, expect, it, vi } from 'vitest';
import { asking } from './open-client.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A network that takes everything, and answers nothing. */
const hang = (_input: unknown, init?: RequestInit): Promise<Response> =>
  new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });

describe('a request', () => {
  it('is given up when it is not answered in time', async () => {
    vi.stubGlobal('fetch', hang);
    const ask = asking({ tokenOf: async () => null }, 10);
    await expect(ask('/graphql')).rejects.toThrow(/time/i);
  });

  it('ends when whoever asked wants it no more', async () => {
    vi.stubGlobal('fetch', hang);
    const leaving = new AbortController();
    const asked = asking({ tokenOf: async () => null })('/graphql', { signal: leaving.signal });
    setTimeout(() => leaving.abort(new Error('left')), 1);
    await expect(asked).rejects.toThrow('left');
  });
});
