import { readFileSync } from 'node:fs';
import { type Copy, DockerfileParser, type Env, type From } from 'dockerfile-ast';

export type Instruction =
  | { readonly type: 'WorkDir'; readonly path: string }
  | { readonly type: 'Copy'; readonly from: string | null; readonly sources: readonly string[]; readonly to: string }
  | { readonly type: 'Run'; readonly command: string }
  | { readonly type: 'Env'; readonly variables: Readonly<Record<string, string>> }
  | { readonly type: 'User'; readonly user: string }
  | { readonly type: 'Command' | 'HealthCheck'; readonly words: readonly string[] }
  | { readonly type: 'Expose' };

export interface Stage {
  /** Null: the last one, whose files are the image's. */
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** Of the form that starts no shell, which would keep signals to itself. @throws for the other one */
const wordsOf = (text: string): readonly string[] => {
  const words: unknown = JSON.parse(text.slice(text.indexOf('[')));
  if (Array.isArray(words)) return words.map(String);
  throw new Error(`"${text}" is no list of words.`);
};

const copyOf = (copy: Copy): Instruction => {
  const paths = copy.getArguments().map((argument) => argument.getValue());
  const from = copy.getFromFlag()?.getValue() ?? null;
  return { type: 'Copy', from, sources: paths.slice(0, -1), to: paths.at(-1) ?? '.' };
};

const variablesOf = (env: Env) =>
  Object.fromEntries(env.getProperties().map((property) => [property.getName(), property.getValue() ?? '']));

type Given = ReturnType<ReturnType<typeof DockerfileParser.parse>['getInstructions']>[number];

/** @throws for an instruction that nobody here knows how to follow */
const readInstruction = (given: Given): Instruction => {
  const keyword = given.getKeyword();
  const rest = given.getArgumentsContent() ?? '';
  if (keyword === 'WORKDIR') return { type: 'WorkDir', path: rest };
  if (keyword === 'COPY') return copyOf(given as Copy);
  if (keyword === 'RUN') return { type: 'Run', command: rest };
  if (keyword === 'ENV') return { type: 'Env', variables: variablesOf(given as Env) };
  if (keyword === 'USER') return { type: 'User', user: rest };
  if (keyword === 'CMD') return { type: 'Command', words: wordsOf(rest) };
  if (keyword === 'HEALTHCHECK') return { type: 'HealthCheck', words: wordsOf(rest) };
  if (keyword === 'EXPOSE') return { type: 'Expose' };
  throw new Error(`The Dockerfile has ${keyword}, which is not followed here: teach readInstruction.`);
};

/** The stages of a Dockerfile, in their order. */
export const readDockerfile = (path: string): readonly Stage[] => {
  const stages: { name: string | null; instructions: Instruction[] }[] = [];
  for (const given of DockerfileParser.parse(readFileSync(path, 'utf8')).getInstructions())
    if (given.getKeyword() === 'FROM') stages.push({ name: (given as From).getBuildStage(), instructions: [] });
    else stages.at(-1)?.instructions.push(readInstruction(given));
  return stages;
};
