export type Environment = Readonly<Record<string, string | undefined>>;

type Bounds = { readonly fallback: number; readonly min: number; readonly max: number };

/** Reads one variable at a time and collects what is wrong with it, so that all problems can be reported together. */
export type EnvironmentReader = {
  readonly problems: string[];
  readonly text: (name: string) => string | undefined;
  readonly integer: (name: string, bounds: Bounds) => number;
  readonly flag: (name: string, fallback: boolean) => boolean;
  readonly oneOf: <T extends string>(name: string, allowed: readonly T[], fallback: T) => T;
  readonly url: (name: string, protocols: readonly string[]) => string | undefined;
  /** Empty when it is not set. */
  readonly name: (name: string) => string;
};

const TRUE = ['true', '1', 'yes', 'on'];
const FALSE = ['false', '0', 'no', 'off'];

/** An empty variable counts as not set: that is what a line `NAME=` of an .env file means. */
export const readEnvironment = (env: Environment): EnvironmentReader => {
  const problems: string[] = [];
  const text = (name: string): string | undefined => env[name]?.trim() || undefined;

  const integer = (name: string, { fallback, min, max }: Bounds): number => {
    const given = text(name);
    if (given === undefined) return fallback;
    const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max) return value;
    problems.push(`${name} is "${given}": set it to a whole number from ${min} to ${max}.`);
    return fallback;
  };

  const flag = (name: string, fallback: boolean): boolean => {
    const given = text(name)?.toLowerCase();
    if (given === undefined) return fallback;
    if (TRUE.includes(given)) return true;
    if (!FALSE.includes(given)) problems.push(`${name} is "${given}": set it to true or false.`);
    return false;
  };

  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const given = text(name) ?? fallback;
    const found = allowed.find((value) => value === given);
    if (found === undefined) problems.push(`${name} is "${given}": set it to one of ${allowed.join(', ')}.`);
    return found ?? fallback;
  };

  // The value is never repeated: it holds a password.
  const url = (name: string, protocols: readonly string[]): string | undefined => {
    const given = text(name);
    if (given === undefined || protocols.includes(URL.parse(given)?.protocol ?? '')) return given;
    problems.push(`${name} is not a URL that starts with ${protocols.map((each) => `${each}//`).join(' or ')}.`);
    return undefined;
  };

  const name = (variable: string): string => {
    const given = text(variable) ?? '';
    if (/^[\w.:-]{0,64}$/.test(given)) return given;
    problems.push(
      `${variable} is "${given}": set it to at most 64 letters, digits, points, colons, dashes and underscores.`,
    );
    return '';
  };

  return { problems, text, integer, flag, oneOf, url, name };
};
