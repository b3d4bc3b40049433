import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

const APT = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120'];
const MANAGERS = ['apt-get', 'apk', 'dnf', 'brew'] as const;

type ManagerName = (typeof MANAGERS)[number];

/** What a package is called by each package manager that has it. */
export type PackageNames = Readonly<Partial<Record<ManagerName, string>>>;

/** A package manager of this machine that installs without asking for a password. */
export interface PackageManager {
  readonly name: ManagerName;
  /** What to put in front of a command that needs its rights. */
  readonly privilege: readonly string[];
}

/** The package manager could not install something; the message is its last words. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

const COMMANDS: Readonly<Record<ManagerName, (name: string) => readonly (readonly string[])[]>> = {
  'apt-get': (name) => [
    [...APT, 'update'],
    [...APT, 'install', '-y', '--no-install-recommends', name],
  ],
  apk: (name) => [['apk', 'add', name]],
  dnf: (name) => [['dnf', 'install', '-y', name]],
  brew: (name) => [['env', 'HOMEBREW_NO_AUTO_UPDATE=1', 'brew', 'install', name]],
};

/** Whether the command ends with exit code 0. */
const succeeds = (file: string, ...args: readonly string[]): Promise<boolean> =>
  run(file, args).then(
    () => true,
    () => false,
  );

/** Undefined if a password would be needed. Homebrew refuses to be root; the others need it. */
const privilegeFor = async (name: ManagerName): Promise<readonly string[] | undefined> => {
  const asRoot = name !== 'brew';
  const isRoot = process.getuid?.() === 0;
  if (isRoot === asRoot) return [];
  return asRoot && (await succeeds('sudo', '-n', 'true')) ? ['sudo', '-n'] : undefined;
};

/** What this machine can install one of these packages with, without a password; undefined when with nothing. */
export const findPackageManager = async (names: PackageNames): Promise<PackageManager | undefined> => {
  for (const name of MANAGERS) {
    if (names[name] === undefined || !(await succeeds(name, '--version'))) continue;
    const privilege = await privilegeFor(name);
    return privilege && { name, privilege };
  }
  return undefined;
};

/** @throws {InstallError} */
export const installPackage = async ({ name, privilege }: PackageManager, names: PackageNames): Promise<void> => {
  try {
    for (const command of COMMANDS[name](names[name] ?? '')) {
      const [file = '', ...args] = [...privilege, ...command];
      await run(file, args, { maxBuffer: 50_000_000 });
    }
  } catch (cause) {
    const { stderr, message } = cause as Error & { readonly stderr?: string };
    throw new InstallError((stderr || message).trim().split('\n').slice(-3).join('\n  '), { cause });
  }
};

/** Stops a service for good. Debian starts what it installs, where anybody may reach it: what we use we start ourselves. */
export const stopService = async ({ name, privilege }: PackageManager, service: string): Promise<void> => {
  if (name !== 'apt-get') return;
  const command = existsSync('/run/systemd/system')
    ? ['systemctl', 'disable', '--now', service]
    : ['service', service, 'stop'];
  const [file = '', ...args] = [...privilege, ...command];
  await succeeds(file, ...args);
};
