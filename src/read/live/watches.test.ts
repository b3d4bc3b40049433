import { describe, expect, it } from 'vitest';
import { Watches } from './watches.ts';

const isSettled = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([promise.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

describe('watches', () => {
  it('wake those of the topic alone', async () => {
    const watches = new Watches();
    using one = watches.watch([
      { kind: 'carts', id: 'a' },
      { kind: 'orders', id: 'b' },
    ]);
    using other = watches.watch([{ kind: 'carts', id: 'b' }]);
    const [oneWoken, otherWoken] = [one.next(), other.next()];
    watches.wake('orders', ['x', 'b']);
    expect(await isSettled(oneWoken)).toBe(true);
    expect(await isSettled(otherWoken)).toBe(false);
  });

  it('remember one wake, not more, while nobody waits', async () => {
    const watches = new Watches();
    using watch = watches.watch([{ kind: 'Events' }]);
    watches.wakeEvents();
    watches.wakeEvents();
    expect(await isSettled(watch.next())).toBe(true);
    expect(await isSettled(watch.next())).toBe(false);
  });

  it('forget a watch that is disposed, and let go of who waits for it', async () => {
    const watches = new Watches();
    const watch = watches.watch([{ kind: 'products', id: 'p' }]);
    const waiting = watch.next();
    watch[Symbol.dispose]();
    expect(await isSettled(waiting)).toBe(true);
    watches.wakeAll('products');
  });

  it('let go of who waits with a signal that aborts, before or meanwhile', async () => {
    const watches = new Watches();
    using watch = watches.watch([{ kind: 'products', id: 'p' }]);
    const controller = new AbortController();
    const waiting = watch.next(controller.signal);
    controller.abort();
    expect(await isSettled(waiting)).toBe(true);
    expect(await isSettled(watch.next(controller.signal))).toBe(true);
  });
});
