import { existsSync } from 'node:fs';
import { findPackageManager, InstallError, installPackage } from '../../src/servers/index.ts';

/** Beside the one that CHROMIUM names. */
const PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const PACKAGES = { 'apt-get': 'chromium', apk: 'chromium', dnf: 'chromium' } as const;

const WAYS_OUT = 'Install Chromium or Chrome, or set CHROMIUM to its path.';

/** Why there is no browser: what to tell whoever runs the tests. */
export interface NoChromium {
  readonly reason: string;
}

const present = (): string | undefined =>
  [process.env['CHROMIUM'] ?? '', ...PATHS].find((path) => path !== '' && existsSync(path));

/** A browser to test with. Where there is none it is installed by the system's package manager, if that asks for no password. */
export const findChromium = async (say: (line: string) => void): Promise<string | NoChromium> => {
  const found = present();
  if (found !== undefined) return found;
  const manager = await findPackageManager(PACKAGES);
  if (manager === undefined) return { reason: `There is no Chromium on this machine. ${WAYS_OUT}` };
  say(`There is no Chromium on this machine: installing it with ${manager.name} …`);
  try {
    await installPackage(manager, PACKAGES);
  } catch (error) {
    if (!(error instanceof InstallError)) throw error;
    return { reason: `${manager.name} could not install Chromium:\n  ${error.message}\n${WAYS_OUT}` };
  }
  return present() ?? { reason: `${manager.name} installed no Chromium. ${WAYS_OUT}` };
};
