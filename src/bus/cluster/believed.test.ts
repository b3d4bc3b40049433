import { describe, expect, it } from 'vitest';
import { believedOf, type Voice } from './believed.ts';

const SLOTS = [[0, 16_383]] as const;

interface Said {
  readonly knows?: readonly string[];
  readonly slots?: typeof SLOTS | readonly [];
  readonly isHeard?: boolean;
}

/** A node that is asked at its own name. */
const says = (id: string, { knows = [], slots = SLOTS, isHeard = true }: Said = {}): Voice => ({
  name: id,
  isHeard,
  view: {
    ownId: id,
    ids: [id, ...knows],
    nodes: [
      { id, address: { host: id, port: 1 }, redirectedTo: { host: id, port: 1 }, isMaster: true, epoch: 1, slots },
    ],
  },
});

const believed = (voices: readonly Voice[], known: readonly string[], named: readonly string[]): readonly string[] =>
  believedOf(voices, { known: new Set(known), named: new Set(named) }).map(({ name }) => name);

const [A, B] = [says('a', { knows: ['b', 'c'] }), says('b', { knows: ['a', 'c'] })];

describe('of several nodes', () => {
  it('one alone is believed, whose others are not asked yet', () => {
    expect(believed([A], [], ['a'])).toEqual(['a']);
  });

  it('all are believed that know each other, also by way of others', () => {
    const chain = [says('a', { knows: ['b'] }), says('b', { knows: ['a', 'c'] }), says('c', { knows: ['b'] })];
    expect(believed(chain, [], ['a'])).toEqual(['a', 'b', 'c']);
  });

  it('one is not that the others know no more, though it knows them, and has most of the URL', () => {
    expect(believed([says('x', { knows: ['a', 'b'] }), A, B], ['a', 'b', 'c'], ['x'])).toEqual(['a', 'b']);
  });

  it('those are at first of whom the URL names most, whoever was heard first', () => {
    const strangers = [says('x', { knows: ['y', 'z'] }), says('y', { knows: ['x', 'z'] })];
    expect(believed([...strangers, A, B], [], ['x', 'a', 'b'])).toEqual(['a', 'b']);
    expect(believed([...strangers, A], [], ['x', 'a'])).toEqual(['x', 'y']);
  });

  it('one without slots is not where another has some: it was taken out, or the cluster is being formed', () => {
    expect(believed([says('x', { slots: [] }), A], [], ['x', 'a'])).toEqual(['a']);
    expect(believed([says('x', { slots: [] })], [], ['x'])).toEqual(['x']);
  });

  it('what the last one said stays while a stranger answers, unless most nodes of the URL are strangers', () => {
    const last = says('a', { knows: ['b'], isHeard: false });
    const strangers = [says('x', { knows: ['y'] }), says('y', { knows: ['x'] })];
    expect(believed([last, ...strangers], ['a', 'b'], ['a', 'x'])).toEqual(['a']);
    expect(believed([last, ...strangers], ['a', 'b'], ['a', 'x', 'y'])).toEqual(['x', 'y']);
    expect(believed([{ ...last, isHeard: true }, ...strangers], ['a', 'b'], ['a', 'x', 'y'])).toEqual(['a']);
  });
});
