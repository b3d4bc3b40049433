import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventStream } from './server-sent-events.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('sends a comment every twelve seconds while nothing happens, and none once its client has gone', async () => {
  const results: AsyncIterator<never, undefined> = {
    next: () => new Promise(() => {}),
    return: async () => ({ done: true, value: undefined }),
  };
  const reader = eventStream({ results, resumption: { cursor: null } }, globalThis).getReader();
  const nextText = async (): Promise<string> => Buffer.from((await reader.read()).value ?? []).toString();
  expect(await nextText()).toBe('retry: 1000\n\n');
  for (let comments = 0; comments < 3; comments += 1) {
    const comment = nextText();
    vi.advanceTimersByTime(12_000);
    expect(await comment).toBe(':\n\n');
  }
  await reader.cancel();
  expect(vi.getTimerCount()).toBe(0);
});
