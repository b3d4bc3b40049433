import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyProject, PROJECT } from '../harness/mutants/project-copy.ts';

const DOCUMENT = 'docs/extending.md';

/** A block of a recipe: a file as it is, what is to be changed in one, or commands that try it. */
interface Block {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

interface Recipe {
  readonly name: string;
  readonly files: readonly Block[];
  readonly commands: readonly string[];
}

const blocksIn = (section: string): readonly Block[] =>
  [...section.matchAll(/^```(\w+) ?(\S*)\n(.*?)^```$/gms)].map(([, language = '', file = '', text = '']) => ({
    language,
    file,
    text,
  }));

const recipesIn = (document: string): readonly Recipe[] =>
  document
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const blocks = blocksIn(section);
      return {
        name: section.slice(0, section.indexOf('\n')),
        files: blocks.filter(({ file }) => file !== ''),
        commands: blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n')),
      };
    })
    .filter(({ files }) => files.length > 0);

/** The lines of a change without those of one sign: as it was, or as it will be. */
const side = ({ text }: Block, without: '+' | '-'): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith(without))
    .map((line) => line.slice(1))
    .join('\n');

const replaced = (path: string, from: string, to: string): void => {
  const text = readFileSync(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${path} does not have this just once:\n${from}`);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
};

const takeAway = (directory: string, block: Block): void => {
  const path = join(directory, block.file);
  if (block.language === 'diff') replaced(path, side(block, '-'), side(block, '+'));
  else rmSync(path);
};

const put = (directory: string, block: Block): void => {
  const path = join(directory, block.file);
  mkdirSync(dirname(path), { recursive: true });
  if (block.language === 'diff') replaced(path, side(block, '+'), side(block, '-'));
  else writeFileSync(path, block.text);
};

const assertAsItIs = (directory: string, block: Block): void => {
  const path = join(directory, block.file);
  if (readFileSync(path, 'utf8') !== readFileSync(join(PROJECT, block.file), 'utf8'))
    throw new Error(`${DOCUMENT} shows another ${block.file} than there is.`);
};

const runIn = (directory: string, command: string): string | null => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: directory, encoding: 'utf8' });
  return status === 0 ? null : `${stdout}${stderr}`;
};

/** @throws unless a copy without the recipe's files fails its tests, and passes them once they are put there. */
const tryRecipe = ({ name, files, commands }: Recipe): void => {
  using copy = copyProject([]);
  for (const block of files) takeAway(copy.directory, block);
  const [first = ''] = commands;
  if (runIn(copy.directory, first) === null) throw new Error(`${name}: "${first}" passes without the recipe.`);
  for (const block of files) put(copy.directory, block);
  for (const block of files) assertAsItIs(copy.directory, block);
  for (const command of commands) {
    const failure = runIn(copy.directory, command);
    if (failure !== null) throw new Error(`${name}: ${command}\n${failure}`);
  }
  console.log(`${name}: ${files.length} blocks, ${commands.length} commands, as ${DOCUMENT} says.`);
};

for (const recipe of recipesIn(readFileSync(join(PROJECT, DOCUMENT), 'utf8'))) tryRecipe(recipe);
