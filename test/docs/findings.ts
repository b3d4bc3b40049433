import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, posix } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { type Document, documentAt, repositoryFiles } from './markdown.ts';

/** What is wrong with a document, a sentence each. */
export type Find = (document: Document) => readonly string[];

/** Links to files or headings that are not there. What other hosts have is not asked for. */
export const brokenLinks: Find = ({ path, links, anchors }) =>
  links.filter((link) => {
    if (/^https?:/.test(link)) return !URL.canParse(link);
    const [target = '', anchor] = link.split('#');
    const file = posix.join(posix.dirname(path), decodeURI(target));
    if (target !== '' && !existsSync(file)) return true;
    if (anchor === undefined) return false;
    return !(target === '' ? anchors : documentAt(file).anchors).has(anchor);
  });

const files = repositoryFiles();
const ROOTS = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? ''));
const FILE_NAME = /^[\w.-]+(?:\/[\w.-]+)*\.(?:ts|json|jsonl|graphql|md|sh|yml)$/;
/** What panier writes as it runs, or others have. */
const NOT_OURS = new Set(['servers.json', 'redis.conf', 'package-lock.json']);

const isThere = (name: string): boolean => files.some((file) => file === name || file.endsWith(`/${name}`));

/** A path of the repository: one that begins with a folder of its, or the name of a file. A star stands for some. */
export const missingPaths: Find = ({ spans }) =>
  spans
    .map((span) => span.split(/[\s:]/)[0] ?? '')
    .filter((span) => (ROOTS.has(span.split('/')[0] ?? '') && span.includes('/')) || FILE_NAME.test(span))
    .filter((span) => !NOT_OURS.has(span) && !isThere(span) && !existsSync(span) && globSync(span).length === 0)
    .map((span) => `${span} is not there${nearest(span)}`);

const nearest = (span: string): string => {
  const found = files.filter((file) => basename(file) === basename(span));
  return found.length === 0 ? '' : ` (${found.join(', ')}?)`;
};

const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;
const RUN = /npm (?:run (?:-s |--silent )?)?(start|test|[\w:-]+)(?: -- ([^\n`|)]*))?/g;
const SHELL = new Set(['sh', 'bash']);

/** Where the options of a script are read: its file, and the folder beside it that bears its name or is its own. */
const optionsSource = (script: string): string => {
  const [entry = ''] = /\S+\.ts/.exec(script) ?? [];
  const folder = posix.dirname(entry);
  const beside = folder.startsWith('src') ? ['src/platform/config.ts'] : globSync(`${folder}/**/*.ts`);
  return [entry, ...beside].map((file) => (file === '' ? '' : readFileSync(file, 'utf8'))).join('\n');
};

const unknownOptions = (name: string, args: string): readonly string[] =>
  [...args.matchAll(/--([\w-]+)/g)]
    .map(({ 1: option = '' }) => option)
    .filter((option) => !new RegExp(`['"]?\\b${option}['"]?:|--${option}\\b`).test(optionsSource(scripts[name] ?? '')))
    .map((option) => `npm run ${name} has no option --${option}`);

/** Scripts that package.json has not, and options that the script does not read. */
export const wrongCommands: Find = ({ blocks, spans }) => {
  const texts = [...spans, ...blocks.filter(({ language }) => SHELL.has(language)).map(({ text }) => text)];
  return texts
    .filter((text) => text.includes('npm '))
    .flatMap((text) => [...text.matchAll(RUN)])
    .filter(({ 0: whole, 1: name = '' }) => whole.startsWith('npm run ') || name === 'start' || name === 'test')
    .flatMap(({ 1: name = '', 2: args = '' }) =>
      scripts[name] === undefined ? [`npm run ${name} is no script`] : unknownOptions(name, args),
    );
};

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

/** Operations of GraphQL that do not fit the schema. */
export const invalidOperations: Find = ({ blocks }) =>
  blocks
    .filter(({ language }) => language === 'graphql')
    .flatMap(({ text, line }) => validate(schema, parse(text)).map(({ message }) => `line ${line}: ${message}`));
