import { existsSync, readFileSync } from 'node:fs';
import { readLock } from './supply-chain/lock.ts';
import { type Manifest, problemsOf } from './supply-chain/rules.ts';

const enginesAt = (path: string): readonly (readonly [string, string])[] => {
  const file = `${path}/package.json`;
  if (!existsSync(file)) return [];
  const { engines } = JSON.parse(readFileSync(file, 'utf8')) as { readonly engines?: { readonly node?: string } };
  return engines?.node === undefined ? [] : [[path, engines.node]];
};

const lock = readLock();
const problems = problemsOf({
  manifest: JSON.parse(readFileSync('package.json', 'utf8')) as Manifest,
  lock,
  document: readFileSync('docs/dependencies.md', 'utf8'),
  installed: new Map(
    Object.keys(lock.packages)
      .filter((path) => path !== '')
      .flatMap(enginesAt),
  ),
  node: process.version,
});

for (const problem of problems) console.log(problem);
console.log(`${problems.length} problems with ${Object.keys(lock.packages).length - 1} packages`);
process.exitCode = problems.length === 0 ? 0 : 1;
