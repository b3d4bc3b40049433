import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  findPackageManager,
  InstallError,
  installPackage,
  type PackageManager,
  stopService,
} from './package-manager.ts';
import { ServersError } from './servers-error.ts';

const run = promisify(execFile);

const PACKAGES = { 'apt-get': 'redis-server', apk: 'redis', dnf: 'redis', brew: 'redis' } as const;

const PROGRAMS = ['redis-server', 'valkey-server', '/opt/homebrew/bin/redis-server', '/usr/local/bin/redis-server'];

/** The first release with XAUTOCLAIM. */
const OLDEST = [6, 2] as const;

const WAYS_OUT = 'Install redis-server 6.2 or newer (it then starts by itself), or set REDIS_URL to a Redis server.';

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

const install = async (manager: PackageManager): Promise<void> => {
  try {
    await installPackage(manager, PACKAGES);
  } catch (cause) {
    if (!(cause instanceof InstallError)) throw cause;
    const words = `${manager.name} could not install redis-server:\n  ${cause.message}\n${WAYS_OUT}`;
    throw new ServersError(words, { cause });
  }
  await stopService(manager, 'redis-server');
};

/**
 * The program to run as Redis. Where there is none it is installed by the system's package manager, if that asks for no password.
 * @throws ServersError that says the two ways out
 */
export const findRedis = async (say: (line: string) => void): Promise<string> => {
  const present = await findInstalled();
  if (present !== undefined) return present;
  const manager = await findPackageManager(PACKAGES);
  if (manager === undefined) throw new ServersError(`There is no redis-server on this machine. ${WAYS_OUT}`);
  say(`There is no redis-server on this machine: installing it with ${manager.name} …`);
  await install(manager);
  const installed = await findInstalled();
  if (installed === undefined) throw new ServersError(`${manager.name} installed no redis-server. ${WAYS_OUT}`);
  return installed;
};
