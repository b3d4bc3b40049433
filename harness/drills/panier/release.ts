import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edit, edited } from '../../mutants/mutant.ts';

/** All that `npm start` reads, but the packages. */
const PARTS = ['src', 'package.json', 'dist'];

interface ReleaseOptions {
  readonly project: string;
  /** Where it is put; made anew. */
  readonly directory: string;
  readonly edits: readonly Edit[];
  /** Written in place of what is there, or beside it. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A release of panier that differs from the checkout by the edits. Returns where it is. @throws {EditError} */
export const makeRelease = ({ project, directory, edits, files = {} }: ReleaseOptions): string => {
  for (const part of PARTS.filter((each) => existsSync(join(project, each))))
    cpSync(join(project, part), join(directory, part), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(directory, 'node_modules'));
  for (const edit of edits) {
    const file = join(directory, edit.file);
    writeFileSync(file, edited(readFileSync(file, 'utf8'), edit));
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text);
  return directory;
};
