import { describe, expect, it } from 'vitest';
import { ID_PREFIXES, type IdKind, isId, kindOf, newId } from './ids.ts';

const KINDS = Object.keys(ID_PREFIXES) as readonly IdKind[];

const timeOf = (id: string) => id.slice('event_'.length, 'event_'.length + 10);

describe('a new id', () => {
  it.each(KINDS)('of a %s says so', (kind) => {
    const id = newId(kind);
    expect(id).toMatch(new RegExp(`^${ID_PREFIXES[kind]}[0-9a-hjkmnp-tv-z]{26}$`));
    expect(isId(kind, id)).toBe(true);
    expect(kindOf(id)).toBe(kind);
  });

  it('is new', () => {
    expect(new Set(Array.from({ length: 20_000 }, () => newId('Event'))).size).toBe(20_000);
  });

  it('begins with its time', () => {
    const ids = Array.from({ length: 2_000 }, () => timeOf(newId('Event')));
    expect(ids).toEqual(ids.toSorted());
  });
});

describe('an id', () => {
  it('of another service is taken when it has the prefix', () => {
    expect(isId('Product', 'prod_4')).toBe(true);
    expect(isId('Product', 'prod_sku:12.B-7')).toBe(true);
  });

  it.each(['prod_', 'order_1', 'prod_a b', 'prod_a\0', `prod_${'x'.repeat(96)}`, ''])(
    'of a product is not %j',
    (id) => {
      expect(isId('Product', id)).toBe(false);
    },
  );

  it('without a prefix is of no kind', () => {
    expect(kindOf('__proto__')).toBeNull();
    expect(kindOf('cart')).toBeNull();
  });
});
