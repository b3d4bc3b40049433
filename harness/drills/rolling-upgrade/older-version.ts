import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What is upgraded from. To be moved on with each release, and behind each migration that says of no version that it goes on with it. */
const OLDER = 'd5553afd4deffaf2c1b28434ee6933217c5203ed';
const MAX_ARCHIVE_BYTES = 200_000_000;

const archiveOf = (project: string): Buffer => {
  try {
    return execFileSync('git', ['-C', project, 'archive', OLDER, 'src', 'package.json'], {
      maxBuffer: MAX_ARCHIVE_BYTES,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    throw new Error(
      `The older version, commit ${OLDER}, is not in this checkout's history: fetch all of it (git fetch --unshallow), ` +
        'or name another commit in harness/drills/rolling-upgrade/older-version.ts.',
      { cause: error },
    );
  }
};

/** The older version, with the packages of this one. Returns where it is. @throws when history does not have it */
export const makeOlderVersion = (project: string, directory: string): string => {
  const archive = archiveOf(project);
  mkdirSync(directory);
  execFileSync('tar', ['-x', '-C', directory], { input: archive });
  symlinkSync(join(project, 'node_modules'), join(directory, 'node_modules'));
  return directory;
};
