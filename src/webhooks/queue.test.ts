import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Queue, type Queued } from './queue.ts';

const item = (position: number, ...keys: readonly string[]): Queued => ({ position: BigInt(position), keys });

describe('a queue', () => {
  it('gives the first of each key, and the next when that is done', () => {
    const queue = new Queue<Queued>();
    const [first, second, other] = [item(1, 'a'), item(2, 'a'), item(3, 'b')];
    for (const each of [first, second, other]) queue.add(each);
    expect([queue.take(), queue.take(), queue.take()]).toEqual([first, other, undefined]);
    queue.done(first);
    expect(queue.take()).toBe(second);
    expect(queue.size).toBe(2);
  });

  it('lets nothing overtake what shares a key with it, in whichever order things are done', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (all, choices) => {
        const queue = new Queue<Queued>();
        const items = all.map((each, index) => item(index, ...each));
        for (const each of items) queue.add(each);
        const [underWay, done]: [Queued[], Queued[]] = [[], []];
        while (done.length < items.length) {
          for (let next = queue.take(); next !== undefined; next = queue.take()) underWay.push(next);
          const busy = underWay.flatMap((each) => each.keys);
          expect(new Set(busy).size).toBe(busy.length);
          const [chosen] = underWay.splice((choices.next().value ?? 0) % underWay.length, 1);
          if (chosen === undefined) throw new Error('nothing is ready, and not all is done');
          queue.done(chosen);
          done.push(chosen);
        }
        for (const key of ['a', 'b', 'c', 'd']) {
          const positions = done.filter((each) => each.keys.includes(key)).map(({ position }) => Number(position));
          expect(positions).toEqual(positions.toSorted((one, other) => one - other));
        }
        expect(queue.size).toBe(0);
      }),
    );
  });
});
