import { describe, expect, it } from 'vitest';
import { deadlineIn, sleep, Unavailable } from '../../platform/index.ts';
import { memoryChanges } from '../testing/memory-changes.ts';
import { createLiveStreams, type Pull } from './live-streams.ts';

const TOPICS = [{ kind: 'carts', id: 'cart_1' }] as const;

async function* counted(pull: Pull): AsyncGenerator<number> {
  for (let count = 1; !pull.signal.aborted; count += 1) {
    yield count;
    await pull.change();
  }
}

const never = (): Promise<never> => new Promise(() => {});
const away = (): Promise<never> => Promise.reject(new Unavailable('away'));

async function* reading(pull: Pull, read: () => Promise<number>): AsyncGenerator<number> {
  yield await pull.read(read);
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

  describe('whose first value does not come', () => {
    it.each([
      ['because it cannot begin', never],
      ['because what it reads first does not come', async (pull: Pull) => reading(pull, never)],
      ['because what it reads first is away', async (pull: Pull) => reading(pull, away)],
    ])('%s is answered by the deadline, and leaves nothing behind', async (_why, begin) => {
      const changes = memoryChanges();
      const streams = createLiveStreams(changes, () => deadlineIn(200));
      const startedAtMs = performance.now();
      const first = streams.open(TOPICS, begin).then((stream) => stream.next());
      await expect(first).rejects.toBeInstanceOf(Unavailable);
      expect(performance.now() - startedAtMs).toBeLessThan(2_000);
      expect([changes.watching(), streams.size]).toEqual([0, 0]);
    });

    it('waits for a later one as long as it takes', async () => {
      const changes = memoryChanges();
      const stream = await createLiveStreams(changes, () => deadlineIn(50)).open(TOPICS, async (pull) => counted(pull));
      await stream.next();
      const later = stream.next();
      await sleep(100);
      changes.announce(['cart_1']);
      expect(await later).toMatchObject({ value: 2 });
      await stream.return?.();
    });

    it('waits for the database when it waited for a change before', async () => {
      const changes = memoryChanges();
      let isAway = true;
      const stream = await createLiveStreams(changes, () => deadlineIn(50)).open(TOPICS, async (pull) =>
        (async function* () {
          await pull.change();
          yield await pull.read(() => (isAway ? away() : Promise.resolve('back')));
        })(),
      );
      const value = stream.next();
      changes.announce(['cart_1']);
      await sleep(100);
      isAway = false;
      expect(await value).toMatchObject({ value: 'back' });
      await stream.return?.();
    });
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
