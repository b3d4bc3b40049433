import { StartupError } from './startup-error.ts';

const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};

const withoutPassword = (url: string): string =>
  url.replace(/(:\/\/[^:@/]*):.*@/, '$1:***@').replaceAll(/(password=)[^&#]*/gi, '$1***');

/** What the attempt answers. @throws {StartupError} that names the variable, and the server without its password. */
export const reach = async <T>(name: string, url: string, attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const place = `${name} (${withoutPassword(url)})`;
    throw new StartupError(
      `${place} cannot be used: ${reasonOf(error)}\nStart that server or correct ${name}; without ${name}, panier brings its own.`,
      {
        cause: error,
      },
    );
  }
};

/** @throws {StartupError} with all problems together */
export const refuse = (problems: readonly string[]): void => {
  if (problems.length > 0) throw new StartupError(problems.join('\n'));
};
