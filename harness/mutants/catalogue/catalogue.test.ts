import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EditError, edited, type Mutant } from '../mutant.ts';
import { CATALOGUE } from './index.ts';

const ROOT = join(import.meta.dirname, '../../..');

const mutated = ({ edits }: Mutant): ReadonlyMap<string, string> => {
  const sources = new Map<string, string>();
  for (const edit of edits) {
    const source = sources.get(edit.file) ?? readFileSync(join(ROOT, edit.file), 'utf8');
    sources.set(edit.file, edited(source, edit));
  }
  return sources;
};

describe('the catalogue of mutants', () => {
  it('numbers them from 1, without a gap', () => {
    expect(CATALOGUE.map(({ number }) => number)).toEqual(CATALOGUE.map((_, index) => index + 1));
  });

  it.each(CATALOGUE)('$number, $name: fits the source, and leaves it one that Node can read', (mutant) => {
    for (const [file, source] of mutated(mutant)) {
      expect(source).not.toBe(readFileSync(join(ROOT, file), 'utf8'));
      expect(() => stripTypeScriptTypes(source)).not.toThrow();
    }
  });
});

describe('an edit', () => {
  const edit = { file: 'a.ts', find: 'one', put: '$& two' };

  it('puts its text in place of what it finds, word for word', () => {
    expect(edited('one three', edit)).toBe('$& two three');
  });

  it.each(['three', 'one one'])('is refused for a source that has its text not exactly once: %s', (source) => {
    expect(() => edited(source, edit)).toThrow(EditError);
  });
});
