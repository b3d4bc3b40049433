import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { retrying } from './retrying.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Told = Parameters<typeof retrying>[1];

const errorsOf = (code: string) => [{ message: code, extensions: { code } }];

const opened = () => {
  const seen: string[] = [];
  const subscribed: Told[] = [];
  const end = retrying(
    (told) => {
      subscribed.push(told);
      return () => void seen.push('ended');
    },
    {
      next: ({ data }) => void seen.push(String(data)),
      error: () => void seen.push('error'),
      complete: () => void seen.push('complete'),
    },
  );
  return { seen, subscribed, end };
};

describe('a subscription', () => {
  it('is asked for again when what it needs was away, however that is said', () => {
    const { seen, subscribed } = opened();
    subscribed[0]?.next({ data: 'one' });
    subscribed[0]?.error(errorsOf('UNAVAILABLE'));
    vi.advanceTimersByTime(500);
    subscribed[1]?.next({ errors: errorsOf('UNAVAILABLE') });
    subscribed[1]?.complete();
    vi.advanceTimersByTime(1_000);
    subscribed[2]?.next({ data: 'two' });
    expect(seen).toEqual(['one', 'ended', 'two']);
  });

  it('is asked for again from the update of which a part was away, also when it would go on', () => {
    const { seen, subscribed } = opened();
    subscribed[0]?.next({ data: 'a part', errors: errorsOf('READ_TIMEOUT') });
    subscribed[0]?.next({ data: 'the next' });
    vi.advanceTimersByTime(500);
    expect(subscribed).toHaveLength(2);
    expect(seen).toEqual(['ended']);
  });

  it('is not asked for again when it was wrong, or is over', () => {
    const wrong = opened();
    wrong.subscribed[0]?.error(errorsOf('NOT_FOUND'));
    const over = opened();
    over.subscribed[0]?.complete();
    vi.advanceTimersByTime(60_000);
    expect([wrong.seen, over.seen]).toEqual([['error'], ['complete']]);
    expect([wrong.subscribed.length, over.subscribed.length]).toEqual([1, 1]);
  });

  it('is asked for no more once it is ended', () => {
    const { seen, subscribed, end } = opened();
    subscribed[0]?.error(errorsOf('UNAVAILABLE'));
    end();
    vi.advanceTimersByTime(60_000);
    expect(subscribed).toHaveLength(1);
    expect(seen).toEqual(['ended']);
  });
});
