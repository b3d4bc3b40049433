import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentWith } from '../../harness/access/document.ts';
import { accessTable } from '../../harness/access/table.ts';

const document = readFileSync('docs/access.md', 'utf8');

it('docs/access.md has the table that the schema makes: `npm run access` writes it', () => {
  expect(documentWith(document)).toBe(document);
  expect(document).toContain(`\n\n${accessTable()}\n`);
});
