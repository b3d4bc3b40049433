/** The arguments of a program are wrong; the message says which. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

/** What `parse` reads of the arguments. @throws {OptionsError} when there are others than it knows */
export const parsed = <T>(parse: () => T): T => {
  try {
    return parse();
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};
