import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { assertNever } from '../../src/platform/index.ts';
import { type Instruction, readDockerfile, type Stage } from './dockerfile.ts';

/** What an image says of how it is run, with its files in a folder. */
export interface Image {
  /** What the image has as its root, beside what its base has. */
  readonly root: string;
  readonly workDir: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

/** Carries out a RUN in the folder. */
export type Runner = (command: string, folder: string) => void;

interface Build {
  readonly project: string;
  /** An empty folder: each stage gets one within it. */
  readonly folder: string;
  readonly run: Runner;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const LAST = 'image';

const rootOf = ({ folder }: Build, name: string | null): string => join(folder, name ?? LAST);

/** What the project's .dockerignore lets into a build, of what lies at `source`. */
const contextFiles = ({ project }: Build, source: string): readonly string[] => {
  const ignored = dockerignore.default().add(readFileSync(join(project, '.dockerignore'), 'utf8'));
  const isLeftOut = (path: string): boolean =>
    path !== '' && (/^(node_modules|\.git)(\/|$)/.test(path) || ignored.ignores(path));
  const filesIn = (path: string): readonly string[] => {
    if (!statSync(join(project, path)).isDirectory()) return isLeftOut(path) ? [] : [path];
    if (/^(node_modules|\.git)$/.test(path)) return [];
    return readdirSync(join(project, path)).flatMap((name) => filesIn(path === '' ? name : `${path}/${name}`));
  };
  return filesIn(source === '.' ? '' : source);
};

const copyFile = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
};

const copyFromContext = (build: Build, source: string, to: string): void => {
  const isFolder = statSync(join(build.project, source)).isDirectory();
  const files = contextFiles(build, source);
  if (files.length === 0) throw new Error(`COPY ${source}: the build’s context has nothing there.`);
  for (const file of files) {
    const below = isFolder ? file.slice(source === '.' ? 0 : source.length + 1) : basename(file);
    copyFile(join(build.project, file), join(to, below));
  }
};

type CopyInstruction = Extract<Instruction, { type: 'Copy' }>;

const copy = (build: Build, { from, sources, to }: CopyInstruction, workDir: string): void => {
  const target = resolve(workDir, to);
  for (const source of sources)
    if (from === null) copyFromContext(build, source, target);
    else cpSync(join(rootOf(build, from), source), target, { recursive: true, verbatimSymlinks: true });
};

const follow = (build: Build, image: Mutable<Image>, instruction: Instruction): void => {
  const folder = join(image.root, image.workDir);
  switch (instruction.type) {
    case 'WorkDir':
      image.workDir = instruction.path;
      mkdirSync(join(image.root, instruction.path), { recursive: true });
      return;
    case 'Copy':
      return copy(build, instruction, folder);
    case 'Run':
      return build.run(instruction.command, folder);
    case 'Env':
      image.environment = { ...image.environment, ...instruction.variables };
      return;
    case 'User':
      image.user = instruction.user;
      return;
    case 'Command':
      image.command = instruction.words;
      return;
    case 'HealthCheck':
      image.healthCheck = instruction.words;
      return;
    case 'Expose':
      return;
  }
  return assertNever(instruction);
};

const followStage = (build: Build, { name, instructions }: Stage): Image => {
  const root = rootOf(build, name);
  const image: Mutable<Image> = { root, workDir: '/', environment: {}, user: 'root', command: [], healthCheck: [] };
  for (const instruction of instructions) follow(build, image, instruction);
  return image;
};

/** Where a container's own Node.js is bound to. */
export const NODE_IN_IMAGE = 'usr/local/bin/node';

/** Follows the project's Dockerfile from COPY to COPY, without an engine of containers. @returns its last stage */
export const buildImage = (build: Build): Image => {
  const stages = readDockerfile(join(build.project, 'Dockerfile'));
  const image = stages.map((stage) => followStage(build, stage)).at(-1);
  if (image === undefined) throw new Error('The Dockerfile has no stage.');
  const node = join(image.root, NODE_IN_IMAGE);
  if (!existsSync(node)) mkdirSync(dirname(node), { recursive: true });
  writeFileSync(node, '');
  // Above it are folders for root alone, and the container's user is none.
  for (const each of [build.folder, image.root]) chmodSync(each, 0o755);
  return image;
};
