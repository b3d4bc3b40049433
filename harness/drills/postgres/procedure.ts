import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const COMMANDS = /^( *)```sh\n([^]*?)^ *```$/gm;

const withoutIndent = (text: string, indent: string): string => text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');

/** A procedure of docs/operations.md, whose commands are carried out as they stand there. */
export interface Procedure {
  /** The one block of commands that holds the text. @throws unless there is just one */
  readonly commandsWith: (part: string) => string;
}

export const procedureUnder = (project: string, heading: string): Procedure => {
  const page = readFileSync(join(project, 'docs/operations.md'), 'utf8');
  const [, behind = ''] = page.split(`\n### ${heading}\n`);
  const [section = ''] = behind.split(/^##/m);
  const blocks = [...section.matchAll(COMMANDS)].map(({ 1: indent = '', 2: body = '' }) => withoutIndent(body, indent));
  return {
    commandsWith: (part) => {
      const [found, ...others] = blocks.filter((block) => block.includes(part));
      if (found !== undefined && others.length === 0) return found;
      throw new Error(`"${heading}" in docs/operations.md has not one block of commands with "${part}".`);
    },
  };
};
