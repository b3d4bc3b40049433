import { readFile, writeFile } from 'node:fs/promises';

interface Printed {
  /** From the project's directory. */
  readonly name: string;
  readonly text: string;
  /** What writes it. */
  readonly command: string;
}

const isCurrent = async (file: URL, text: string): Promise<boolean> => {
  try {
    return (await readFile(file, 'utf8')) === text;
  } catch {
    return false;
  }
};

/** Writes the file; with `--check`, only says whether it is what would be written, by the exit code. */
export const printFile = async ({ name, text, command }: Printed): Promise<void> => {
  const file = new URL(`../../${name}`, import.meta.url);
  if (!process.argv.includes('--check')) return writeFile(file, text);
  if (await isCurrent(file, text)) return;
  process.stderr.write(`${name} is not what the code says: run \`${command}\` and commit the result.\n`);
  process.exitCode = 1;
};
