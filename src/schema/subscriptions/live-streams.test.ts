import { describe, expect, it } from 'vitest';
import { memoryChanges } from '../testing/memory-changes.ts';
import { createLiveStreams, type Pull } from './live-streams.ts';

const TOPICS = [{ kind: 'Cart', id: 'cart_1' }] as const;

async function* counted(pull: Pull): AsyncGenerator<number> {
  for (let count = 1; !pull.signal.aborted; count += 1) {
    yield count;
    await pull.change();
  }
}

describe('a live stream', () => {
  it('ends its watch when the subscriber leaves while it waits', async () => {
    const changes = memoryChanges();
    const streams = createLiveStreams(changes);
    const stream = await streams.open(TOPICS, async (pull) => counted(pull));
    await stream.next();
    const waiting = stream.next();
    await stream.return?.();
    expect(await waiting).toMatchObject({ done: true });
    expect([changes.watching(), streams.size]).toEqual([0, 0]);
  });

  it('ends its watch when the subscriber leaves before the first value', async () => {
    const changes = memoryChanges();
    const stream = await createLiveStreams(changes).open(TOPICS, async (pull) => counted(pull));
    await stream.return?.();
    expect(changes.watching()).toBe(0);
  });

  it('ends its watch when it may not start', async () => {
    const changes = memoryChanges();
    const refused = createLiveStreams(changes).open(TOPICS, () => Promise.reject(new Error('no')));
    await expect(refused).rejects.toThrow('no');
    expect(changes.watching()).toBe(0);
  });

  it('ends its watch when it fails', async () => {
    const changes = memoryChanges();
    const stream = await createLiveStreams(changes).open(TOPICS, async (pull) =>
      (async function* () {
        yield 1;
        await pull.read(() => Promise.reject(new Error('defect')));
      })(),
    );
    await stream.next();
    await expect(stream.next()).rejects.toThrow('defect');
    expect(changes.watching()).toBe(0);
  });

  it('completes when the server stops', async () => {
    const changes = memoryChanges();
    const streams = createLiveStreams(changes);
    const stream = await streams.open(TOPICS, async (pull) => counted(pull));
    await stream.next();
    const waiting = stream.next();
    await streams.completeAll();
    expect(await waiting).toMatchObject({ done: true });
    expect(streams.size).toBe(0);
  });
});
