import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { ServersError } from './servers-error.ts';

const run = promisify(execFile);

type Installer = {
  readonly program: string;
  readonly commands: readonly (readonly string[])[];
  /** Homebrew refuses to be root; the others need it. */
  readonly asRoot: boolean;
};

const APT = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120'];

const INSTALLERS: readonly Installer[] = [
  {
    program: 'apt-get',
    commands: [
      [...APT, 'update'],
      [...APT, 'install', '-y', '--no-install-recommends', 'redis-server'],
    ],
    asRoot: true,
  },
  { program: 'apk', commands: [['apk', 'add', 'redis']], asRoot: true },
  { program: 'dnf', commands: [['dnf', 'install', '-y', 'redis']], asRoot: true },
  { program: 'brew', commands: [['env', 'HOMEBREW_NO_AUTO_UPDATE=1', 'brew', 'install', 'redis']], asRoot: false },
];

const PROGRAMS = ['redis-server', 'valkey-server', '/opt/homebrew/bin/redis-server', '/usr/local/bin/redis-server'];

/** The first release with XAUTOCLAIM. */
const OLDEST = [6, 2] as const;

const WAYS_OUT = 'Install redis-server 6.2 or newer (it then starts by itself), or set REDIS_URL to a Redis server.';

const succeeds = (file: string, ...args: readonly string[]): Promise<boolean> =>
  run(file, args).then(
    () => true,
    () => false,
  );

const versionOf = async (program: string): Promise<string | undefined> => {
  const output = await run(program, ['--version']).catch(() => undefined);
  return output && (/v=(\d+\.\d+[.\d]*)/.exec(output.stdout)?.[1] ?? 'unknown');
};

const isTooOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
};

const findInstalled = async (): Promise<string | undefined> => {
  for (const program of PROGRAMS) {
    const version = await versionOf(program);
    if (version === undefined) continue;
    if (isTooOld(version)) throw new ServersError(`${program} is Redis ${version}, which is too old. ${WAYS_OUT}`);
    return program;
  }
  return undefined;
};

const findInstaller = async (): Promise<Installer | undefined> => {
  for (const installer of INSTALLERS) if (await succeeds(installer.program, '--version')) return installer;
  return undefined;
};

/** What to put in front of a command; undefined if a password would be needed. */
const privilegeFor = async ({ asRoot }: Installer): Promise<readonly string[] | undefined> => {
  const isRoot = process.getuid?.() === 0;
  if (isRoot === asRoot) return [];
  return asRoot && (await succeeds('sudo', '-n', 'true')) ? ['sudo', '-n'] : undefined;
};

// Debian starts what it installs. That server is without a password, and not the one we use.
const stopService = async (privilege: readonly string[]): Promise<void> => {
  const command = existsSync('/run/systemd/system')
    ? ['systemctl', 'disable', '--now', 'redis-server']
    : ['service', 'redis-server', 'stop'];
  const [file = '', ...args] = [...privilege, ...command];
  await succeeds(file, ...args);
};

const install = async ({ program, commands }: Installer, privilege: readonly string[]): Promise<void> => {
  try {
    for (const command of commands) {
      const [file = '', ...args] = [...privilege, ...command];
      await run(file, args, { maxBuffer: 50_000_000 });
    }
  } catch (cause) {
    const { stderr, message } = cause as Error & { readonly stderr?: string };
    const lastLines = (stderr || message).trim().split('\n').slice(-3).join('\n  ');
    throw new ServersError(`${program} could not install redis-server:\n  ${lastLines}\n${WAYS_OUT}`, { cause });
  }
  if (program === 'apt-get') await stopService(privilege);
};

/**
 * The program to run as Redis. Where there is none it is installed by the system's package manager, if that asks for no password.
 * @throws ServersError that says the two ways out
 */
export const findRedis = async (say: (line: string) => void): Promise<string> => {
  const present = await findInstalled();
  if (present !== undefined) return present;
  const installer = await findInstaller();
  const privilege = installer && (await privilegeFor(installer));
  if (!installer || !privilege) throw new ServersError(`There is no redis-server on this machine. ${WAYS_OUT}`);
  say(`There is no redis-server on this machine: installing it with ${installer.program} …`);
  await install(installer, privilege);
  const installed = await findInstalled();
  if (installed === undefined) throw new ServersError(`${installer.program} installed no redis-server. ${WAYS_OUT}`);
  return installed;
};
