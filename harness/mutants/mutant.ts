/** An exact piece of text of a file, and what a tired developer would have written instead. */
export interface Edit {
  /** Path from the root of the project. */
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** The run of chaos that shows a mutant quickest. */
export interface ChaosSettings {
  readonly seed: number;
  readonly minutes: number;
  /** As `--faults` takes them. */
  readonly faults: string;
  readonly workload: 'storm' | 'race';
  readonly rate?: number;
}

/** One promise of panier, broken on purpose. */
export interface Mutant {
  readonly number: number;
  readonly name: string;
  /** What is changed, in a sentence or two. */
  readonly change: string;
  readonly edits: readonly [Edit, ...Edit[]];
  readonly chaos: ChaosSettings;
  /** What neither simulate nor chaos can bring about: a test that fails with the mutant, and passes without. */
  readonly test?: TestSettings;
}

export interface TestSettings {
  readonly file: string;
  /** As `-t` takes it. */
  readonly name: string;
}

/** The text of an edit is not in its file exactly once: the source has moved on. */
export class EditError extends Error {
  override readonly name = 'EditError';
}

/** The source with the edit. @throws {EditError} */
export const edited = (source: string, { file, find, put }: Edit): string => {
  const found = source.split(find).length - 1;
  if (found !== 1) throw new EditError(`${file} has the text ${found} times, not once:\n${find}`);
  return source.replace(find, () => put);
};
