import { describe, expect, it } from 'vitest';
import { signal } from './signal.ts';

describe('a signal', () => {
  it('is heard by everybody who listens, until they are disposed', () => {
    const happened = signal<{ readonly nth: number }>('test-heard');
    const [first, second]: [number[], number[]] = [[], []];
    const hearing = happened.hear(({ nth }) => first.push(nth));
    using _other = happened.hear(({ nth }) => second.push(nth));
    happened.tell({ nth: 1 });
    hearing[Symbol.dispose]();
    happened.tell({ nth: 2 });
    expect([first, second]).toEqual([[1], [1, 2]]);
  });

  it('harms nobody who tells, nor others who hear, when a listener throws', () => {
    const happened = signal<object>('test-throws');
    let heard = 0;
    using _broken = happened.hear(() => {
      throw new Error('This listener is broken.');
    });
    using _other = happened.hear(() => void (heard += 1));
    happened.tell({});
    expect(heard).toBe(1);
  });
});
