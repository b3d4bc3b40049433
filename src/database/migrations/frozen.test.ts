import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from './index.ts';

const files = readdirSync(import.meta.dirname).filter((file) => /^\d/.test(file) && file.endsWith('.ts'));

const sha256Of = (name: string): string => {
  const text = readFileSync(join(import.meta.dirname, `${name}.ts`));
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
};

/** An edit of what has landed is a migration of its own; a new one takes its `sha256` from what this expects. */
describe('the migrations', () => {
  it.each(Object.entries(MIGRATIONS))('are as they landed: %s', (name, { sha256 }) => {
    expect(sha256).toBe(sha256Of(name));
  });

  it('are all that there are, in the order of their numbers, each number once', () => {
    const names = Object.keys(MIGRATIONS);
    expect(names.map((name) => `${name}.ts`)).toEqual(files.toSorted());
    const numbers = names.map((name) => /^\d{4}(?=-[a-z])/.exec(name)?.[0]);
    expect(numbers).toEqual([...new Set(numbers)]);
    expect(numbers).not.toContain(undefined);
  });
});
