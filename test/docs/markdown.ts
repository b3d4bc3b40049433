import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** A fenced block: its language (empty when none is said), its text, and the line on which it begins. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** A document for readers, by its path in the repository. */
export interface Document {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** What stands between backticks, outside of blocks. */
  readonly spans: readonly string[];
  /** Targets of links, outside of blocks. */
  readonly links: readonly string[];
  /** What a link may name behind `#`. */
  readonly anchors: ReadonlySet<string>;
}

const FENCE = /^( *)```(\w*)[^\n]*\n([^]*?)^ *```$/gm;
const HEADING = /^#{1,6} +(.+)$/gm;

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

const withoutIndent = (text: string, indent: string): string => text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');

const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(FENCE)].map(({ 1: indent = '', 2: language = '', 3: body = '', index }) => ({
    language,
    text: withoutIndent(body, indent),
    line: lineOf(text, index),
  }));

/** As GitHub makes them. Source: github.com/gjtorikian/html-pipeline, its filter for tables of contents. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

/** The document that such a text would be at that path. */
export const documentFrom = (path: string, text: string): Document => {
  const prose = text.replaceAll(FENCE, '');
  return {
    path,
    text,
    blocks: blocksOf(text),
    spans: [...prose.matchAll(/`([^`\n]+)`/g)].map(({ 1: span = '' }) => span),
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(({ 1: target = '' }) => target),
    anchors: new Set([...prose.matchAll(HEADING)].map(({ 1: heading = '' }) => anchorOf(heading))),
  };
};

const NOT_WRITTEN = ['node_modules/**', '**/.*/**'];
const MEASURED = 'harness/bench/results/**';

/** @throws when there is no such document */
export const documentAt = (path: string): Document => documentFrom(path, readFileSync(path, 'utf8'));

/** Every file of the repository that somebody wrote, by its path. */
export const repositoryFiles = (): readonly string[] =>
  globSync('**/*', { exclude: NOT_WRITTEN, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(process.cwd(), posix.join(entry.parentPath, entry.name)));

/** Every document for readers, in the order of their paths. */
export const documents = (): readonly Document[] =>
  globSync('**/*.md', { exclude: [...NOT_WRITTEN, MEASURED] })
    .toSorted()
    .map(documentAt);

/** The rows of the first table behind that heading, each a list of its cells. */
export const tableUnder = ({ path, text }: Document, heading: string): readonly (readonly string[])[] => {
  const [, behind = ''] = `\n${text}`.split(`\n${heading}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(behind) ?? [];
  const rows = table.trimEnd().split('\n').slice(2);
  if (rows.length === 0) throw new Error(`${path} has no table under ${heading}.`);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
};

/** What stands between backticks in a cell. */
export const codesIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(({ 1: code = '' }) => code);
