import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from './build-image.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: true }>>;
}

/** As an engine would: by a shell. */
export const byShell: Runner = (command, folder) => {
  execFileSync('sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
};

const NESTED = /.node_modules./;

/** What npm would install without development's packages, of those that the project has installed. */
const copyPackages = (project: string, folder: string): void => {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock;
  const isThere = (path: string): boolean => path !== '' && existsSync(join(project, path));
  const installed = (isForDevelopment: boolean): readonly string[] =>
    Object.keys(packages).filter((path) => (packages[path]?.dev ?? false) === isForDevelopment && isThere(path));
  const whole = installed(false).filter((path) => !NESTED.test(path));
  const copy = (how: readonly string[]): Buffer =>
    execFileSync('cp', ['--archive', ...how, '--parents', ...whole, folder], { cwd: project, stdio: 'pipe' });
  try {
    copy(['--link']);
  } catch {
    // Of another disk there are no hard links.
    copy(['--force']);
  }
  for (const path of installed(true).filter((each) => NESTED.test(each)))
    rmSync(join(folder, path), { recursive: true, force: true });
};

/** In seconds, where the project has its packages and its pages already: what would download or build takes those. */
export const byCopy =
  (project: string): Runner =>
  (command, folder) => {
    if (command === 'npm ci --omit=dev --ignore-scripts') return copyPackages(project, folder);
    if (command === 'npm ci --ignore-scripts') return;
    if (command === 'node tools/build-pages.ts')
      return cpSync(join(project, 'dist'), join(folder, 'dist'), { recursive: true });
    byShell(command, folder);
  };
