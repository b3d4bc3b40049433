// npm leaves an optional platform package out of package-lock.json when the registry in use has no copy of it (yet), and
// then `npm ci` refuses the lock everywhere. This adds the entries that are missing: `npm run lock` after each install.
// It takes two things out. `engines`: npm compares them with the Node.js that it runs on itself, not with the one that it
// fetches for panier, so a newcomer read ninety lines of warnings, and missed optional packages; tools/dependencies.ts
// compares them with the right one. `resolved`: the address of whichever registry was in use.
import { writeFileSync } from 'node:fs';
import { LOCK, type Lock, type LockEntry, readLock } from './supply-chain/lock.ts';

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'arm'];
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

const platformEntry = (name: string, version: string, parent: LockEntry): LockEntry | null => {
  const os = SYSTEMS.find((system) => name.includes(system));
  const cpu = PROCESSORS.find((processor) => name.includes(processor));
  if (os === undefined || cpu === undefined || !EXACT.test(version)) return null;
  return {
    version,
    cpu: [cpu],
    ...(parent.dev === undefined ? {} : { dev: parent.dev }),
    ...(os === 'linux' ? { libc: [name.includes('musl') ? 'musl' : 'glibc'] } : {}),
    ...(parent.license === undefined ? {} : { license: parent.license }),
    optional: true,
    os: [os],
  };
};

const missingFrom = ({ packages }: Lock): readonly (readonly [string, string, LockEntry])[] =>
  Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages))
      .map(([name, version]) => [name, version, entry] as const),
  );

const lean = ({ engines: _engines, resolved: _resolved, ...entry }: LockEntry): LockEntry => entry;

const lock = readLock();
const missing = missingFrom(lock);
for (const [name, version, parent] of missing) {
  const entry = platformEntry(name, version, parent);
  if (entry === null) throw new Error(`${name}@${version} is missing from ${LOCK}, and its platform cannot be told.`);
  lock.packages[`node_modules/${name}`] = entry;
}
const { '': root, ...rest } = lock.packages;
const sorted = Object.entries(rest)
  .map(([path, entry]) => [path, lean(entry)] as const)
  .toSorted(([one], [other]) => one.localeCompare(other, 'en'));
lock.packages = { ...(root === undefined ? {} : { '': root }), ...Object.fromEntries(sorted) };
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${missing.length} entries added to ${LOCK}`);
