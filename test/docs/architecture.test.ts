import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, STREAMS } from '../../src/events/index.ts';
import { codesIn, documentAt, tableUnder } from './markdown.ts';

const page = documentAt('docs/architecture.md');

const foldersOfSource = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Override {
  readonly files: readonly string[];
  readonly rules?: {
    readonly 'no-restricted-imports'?: readonly [
      string,
      { readonly patterns: readonly { readonly message: string }[] },
    ];
  };
}

const overrides = (): readonly Override[] => {
  const text = readFileSync('.oxlintrc.json', 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
  return (JSON.parse(text) as { readonly overrides: readonly Override[] }).overrides;
};

const allowedBy = (message: string): readonly string[] | null => {
  if (message.includes('imports nothing else of ours')) return [];
  const [, names] = /imports only (.*), through index\.ts/.exec(message) ?? [];
  return names === undefined ? null : names.split(', ');
};

/** What the linter lets each folder import. */
const directionOfLinter = (): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    overrides().flatMap(({ files, rules }) => {
      const message = rules?.['no-restricted-imports']?.[1].patterns[0]?.message ?? '';
      const allowed = allowedBy(message)?.toSorted();
      const folders = files.map((file) => /^src\/(\w+)\/\*\*$/.exec(file)?.[1]);
      return folders.flatMap((folder) => (folder === undefined || allowed === undefined ? [] : [[folder, allowed]]));
    }),
  );

const directionOfPage = (): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    tableUnder(page, '## Who may import whom')
      .filter(([, allowed]) => allowed !== 'everything')
      .flatMap(([folders, allowed]) => codesIn(folders).map((folder) => [folder, codesIn(allowed).toSorted()])),
  );

describe('docs/architecture.md', () => {
  it('says of every folder of src what it is for', () => {
    const described = tableUnder(page, '## Where things are').flatMap(([cell]) => codesIn(cell));
    const folders = foldersOfSource.map((name) => `${name}/`);
    expect(described.filter((name) => name !== 'main.ts').toSorted()).toEqual(folders.toSorted());
  });

  it('says who may import whom as the linter has it', () => {
    expect(directionOfPage()).toEqual(directionOfLinter());
    expect(Object.keys(directionOfLinter()).length).toBeGreaterThan(8);
  });

  it('has every event, on its stream', () => {
    const streams = Object.values(STREAMS).map((stream) => [stream, [] as string[]] as const);
    const found = new Map<string, string[]>(streams);
    let stream = '';
    for (const [name, types = ''] of tableUnder(page, '## The events')) {
      stream = codesIn(name)[0] ?? stream;
      found.get(stream)?.push(...types.split(', '));
    }
    const events = Object.entries(CATALOGUE).map(([type, definition]) => `${definition.stream} ${type}`);
    const listed = [...found].flatMap(([name, types]) => types.map((type) => `${name} ${type}`));
    expect(listed.toSorted()).toEqual(events.toSorted());
  });
});
