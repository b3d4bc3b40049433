import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Edit, edited } from './mutant.ts';

/** The project that is mutated: this one. */
export const PROJECT = join(import.meta.dirname, '../..');
const COPIED = 'src harness/simulation harness/stripe harness/support test package.json vitest.config.ts'.split(' ');

export interface ProjectCopy extends Disposable {
  readonly directory: string;
}

/** A copy of panier with the edits, that runs; disposing removes it. @throws {EditError} */
export const copyProject = (edits: readonly Edit[]): ProjectCopy => {
  const directory = mkdtempSync(join(tmpdir(), 'panier-mutant-'));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  for (const name of COPIED) cpSync(join(PROJECT, name), join(directory, name), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(directory, 'node_modules'));
  for (const edit of edits) {
    const file = join(directory, edit.file);
    writeFileSync(file, edited(readFileSync(file, 'utf8'), edit));
  }
  return {
    directory,
    [Symbol.dispose]: () => {
      process.off('exit', remove);
      remove();
    },
  };
};
