import { readFile, writeFile } from 'node:fs/promises';
import { documentWith } from './document.ts';

const FILE = new URL('../../docs/access.md', import.meta.url);

/** Writes the table into the document anew. */
await writeFile(FILE, documentWith(await readFile(FILE, 'utf8')));
