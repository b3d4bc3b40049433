import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenLinks, type Find, invalidOperations, missingPaths, wrongCommands } from './findings.ts';
import { documentAt, documentFrom, documents } from './markdown.ts';

const all = documents();

const findings = (find: Find): readonly string[] =>
  all.flatMap((document) => find(document).map((found) => `${document.path}: ${found}`));

const inDocument = (find: Find, text: string): readonly string[] => find(documentFrom('docs/new.md', text));

describe('the documents', () => {
  it('are found', () => {
    expect(all.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['README.md', 'docs/api.md', 'docs/adr/README.md', 'harness/fuzz/README.md']),
    );
  });

  it('link to what is there', () => expect(findings(brokenLinks)).toEqual([]));

  it('name only files and folders that are there', () => expect(findings(missingPaths)).toEqual([]));

  it('show only scripts and options that there are', () => expect(findings(wrongCommands)).toEqual([]));

  it('show only operations that fit the schema', () => expect(findings(invalidOperations)).toEqual([]));
});

describe('README', () => {
  it('is read in ten minutes: it has 8 KB at most', () => {
    expect(Buffer.byteLength(documentAt('README.md').text)).toBeLessThanOrEqual(8_192);
  });

  it('leads to every other page of docs', () => {
    const pages = all.map(({ path }) => path).filter((path) => posix.dirname(path) === 'docs');
    const { links } = documentAt('README.md');
    const { links: further } = documentAt('docs/extending.md');
    const reached = [...links, ...further.map((link) => posix.join('docs', link))];
    expect(pages.filter((page) => !reached.includes(page))).toEqual([]);
  });
});

describe('a document', () => {
  it('with a link to nothing is found', () => {
    expect(inDocument(brokenLinks, '# Here\n[a](api.md#pages) [b](#here) [c](nowhere.md) [d](api.md#nothing)')).toEqual(
      ['nowhere.md', 'api.md#nothing'],
    );
  });

  it('that names a file which was moved is found, with where it may be now', () => {
    expect(
      inDocument(missingPaths, '`src/old/main.ts` `src/main.ts` `main.ts` `harness/bench/*.ts` `gone.ts:5`'),
    ).toEqual(['src/old/main.ts is not there (src/main.ts?)', 'gone.ts is not there']);
  });

  it('with a script or an option that there is not is found', () => {
    const text = '`npm run sing`, `npm test`, `npm run replay -- --dry-run`\n\n```sh\nnpm run replay -- --wet\n```\n';
    expect(inDocument(wrongCommands, text)).toEqual([
      'npm run sing is no script',
      'npm run replay has no option --wet',
    ]);
  });

  it('with an operation that the schema refuses is found', () => {
    expect(inDocument(invalidOperations, '\n```graphql\n{ nothing }\n```\n')).toEqual([
      'line 2: Cannot query field "nothing" on type "Query".',
    ]);
  });
});
