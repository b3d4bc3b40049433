import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { giveToPostgres, isRoot } from '../postgres/index.ts';

const CHUNK = Buffer.alloc(65_536, 'x');
const BALLAST = 'ballast';

/** A file system of its own, so small that it can be filled. */
export interface SmallDisk extends AsyncDisposable {
  /** A directory on it for a server's data. */
  readonly data: string;
  /** Takes all the space that is left. */
  readonly fill: () => void;
  /** Gives it back. */
  readonly free: () => void;
}

const isFull = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOSPC';

const fillFile = (path: string): void => {
  const file = openSync(path, 'a');
  try {
    // Byte by byte at the end: a server finds room in what a chunk leaves.
    for (const chunk of [CHUNK, CHUNK.subarray(0, 1)]) for (;;) if (!written(file, chunk)) break;
  } finally {
    closeSync(file);
  }
};

const written = (file: number, chunk: Buffer): boolean => {
  try {
    return writeSync(file, chunk) > 0;
  } catch (error) {
    if (isFull(error)) return false;
    throw error;
  }
};

/** Mounts one on a directory that it makes. @throws where only root may, and it is somebody else */
export const openSmallDisk = (directory: string, megabytes: number): SmallDisk => {
  if (!isRoot()) throw new Error('This drill mounts small file systems to fill them: run it as root.');
  mkdirSync(directory);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', directory]);
  const unmount = (): void => void execFileSync('umount', ['--lazy', directory]);
  process.once('exit', unmount);
  giveToPostgres(directory);
  const ballast = join(directory, BALLAST);
  return {
    data: join(directory, 'data'),
    fill: () => fillFile(ballast),
    free: () => rmSync(ballast, { force: true }),
    [Symbol.asyncDispose]: async () => {
      process.off('exit', unmount);
      unmount();
    },
  };
};
