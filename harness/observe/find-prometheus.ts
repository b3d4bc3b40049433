import { findPackageManager, InstallError, installPackage, stopService } from '../../src/servers/index.ts';
import { findProgram } from './find-program.ts';

const PLACES = ['', '/opt/homebrew/bin/', '/usr/local/bin/'];

const PACKAGES = { 'apt-get': 'prometheus', apk: 'prometheus', brew: 'prometheus' } as const;

const WAYS_OUT = 'Install Prometheus 2.42 or newer, with promtool, and put both on the PATH.';

/** The server, and the tool that checks its rules. */
export interface Prometheus {
  readonly server: string;
  readonly tool: string;
}

/** Why there is no Prometheus: what to tell whoever asked for it. */
export interface NoPrometheus {
  readonly reason: string;
}

const present = async (): Promise<Prometheus | undefined> => {
  const [server, tool] = await Promise.all([
    findProgram(PLACES.map((place) => `${place}prometheus`)),
    findProgram(PLACES.map((place) => `${place}promtool`)),
  ]);
  return server === undefined || tool === undefined ? undefined : { server, tool };
};

/** Where there is none it is installed by the system's package manager, if that asks for no password. */
export const findPrometheus = async (say: (line: string) => void): Promise<Prometheus | NoPrometheus> => {
  const found = await present();
  if (found !== undefined) return found;
  const manager = await findPackageManager(PACKAGES);
  if (manager === undefined) return { reason: `There is no Prometheus on this machine. ${WAYS_OUT}` };
  say(`There is no Prometheus on this machine: installing it with ${manager.name} …`);
  try {
    await installPackage(manager, PACKAGES);
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    return { reason: `${manager.name} could not install Prometheus:\n  ${error.message}\n${WAYS_OUT}` };
  }
  await stopService(manager, 'prometheus');
  return (await present()) ?? { reason: `${manager.name} installed no Prometheus. ${WAYS_OUT}` };
};
