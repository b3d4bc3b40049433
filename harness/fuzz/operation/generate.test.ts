import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { HOSTILE_KINDS } from '../draw/hostile.ts';
import { Pool } from '../draw/pool.ts';
import { argumentsIn } from '../play/coverage.ts';
import { jsonOf, object } from '../value.ts';
import { generate } from './generate.ts';
import type { Operation } from './operation.ts';
import { SPOILT_WAYS } from './spoil.ts';
import { targetsOf } from './target.ts';

const targets = targetsOf(schema);

const made = (seed: number, count: number, pool = new Pool()): readonly Operation[] =>
  Array.from({ length: count }, (_, index) => generate({ schema, targets, seed, pool }, index));

const sent = ({ lane, viewer, text, variables }: Operation): string =>
  `${lane} ${viewer} ${text} ${jsonOf(object(variables))}`;

const shape = ({ type, lane, viewer, roots, drawn }: Operation) => ({ type, lane, viewer, roots, drawn });

const filled = (): Pool => {
  const pool = new Pool();
  pool.add({ field: 'Cart.id', value: 'cart_1', owner: null });
  pool.add({ field: 'CartItem.id', value: 'item_1', owner: 'cart_1' });
  return pool;
};

describe('operations made out of the schema', () => {
  const operations = made(1, 2 * targets.length);

  it('are valid when they are honest', () => {
    const honest = operations.filter(({ hostile }) => hostile.size === 0);
    const errors = honest.flatMap(({ text }) => validate(schema, parse(text)));
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(honest.length).toBeGreaterThan(1_000);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(made(7, 200).map(sent)).toEqual(made(7, 200).map(sent));
    expect(made(7, 200).map(sent)).not.toEqual(made(8, 200).map(sent));
  });

  it('have the same shape whatever earlier answers told', () => {
    expect(made(7, 500, filled()).map(shape)).toEqual(made(7, 500).map(shape));
  });

  it('give every argument of the schema', () => {
    const drawn = new Set(operations.flatMap((operation) => [...operation.drawn]));
    expect(argumentsIn(schema).filter((argument) => !drawn.has(argument))).toEqual([]);
  });

  it('give every root argument every kind of hostile value', () => {
    const met = new Set(targets.map(({ coordinate, kind }) => `${coordinate} ${kind}`));
    // Those of other types' fields meet hostile values as luck has it.
    const ofRoots = argumentsIn(schema).filter((each) => !each.startsWith('Order.'));
    expect(argumentsIn(schema).length - ofRoots.length).toBe(2);
    for (const coordinate of ofRoots) for (const kind of HOSTILE_KINDS) expect(met).toContain(`${coordinate} ${kind}`);
  });

  it('meet every kind of hostile value and every way to be spoilt', () => {
    const met = new Set(operations.flatMap(({ hostile }) => [...hostile]));
    const all = [...HOSTILE_KINDS, ...SPOILT_WAYS.map((way) => `spoilt: ${way}`)];
    expect(all.filter((kind) => !met.has(kind))).toEqual([]);
  });

  it('select every field of the schema in the end', () => {
    const selected = operations.map(({ text }) => text).join('\n');
    const names = Object.values(schema.getTypeMap()).flatMap((type) =>
      'getFields' in type && !type.name.startsWith('__') ? Object.keys(type.getFields()) : [],
    );
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(selected))).toEqual([]);
  });

  it('ask for things that earlier answers told, and for what belongs to them', () => {
    const withItem = made(3, 3_000, filled()).filter(({ text, variables }) => {
      const all = `${text} ${jsonOf(object(variables))}`;
      return all.includes('cart_1') && all.includes('item_1');
    });
    expect(withItem.length).toBeGreaterThan(10);
  });
});

describe('targets', () => {
  it('are each met once before one is met again', () => {
    const first = made(5, 2 * targets.length).filter(({ index }) => index % 2 === 0);
    const kinds = first.map(({ roots, hostile }) => `${roots.join()} ${[...hostile].join()}`);
    const counts = new Map<string, number>();
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const wanted = new Map<string, number>();
    for (const { type, field, kind } of targets) {
      const root = `${type.charAt(0).toUpperCase()}${type.slice(1)}.${field} ${kind}`;
      wanted.set(root, (wanted.get(root) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(wanted));
  });
});
