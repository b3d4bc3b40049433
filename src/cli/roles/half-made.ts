import { RolesError } from '../../database/index.ts';

/**
 * What to do about passwords that were set, and that nobody is told: some servers, or users, may lack them. Where none was set, what
 * was thrown says all there is to say.
 */
export const halfMade =
  (hasSet: () => boolean) =>
  (error: unknown): never => {
    if (!hasSet()) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new RolesError(
      `${reason}\nSome have new passwords by now that were not printed: see to that, and run this again with --new-passwords. Keep what was printed until then.`,
      { cause: error },
    );
  };
