export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

export interface Account {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

const HOST = /^(?<host>[\w.-]+|\[[\da-f:.]+\])(?::(?<port>\d{1,5}))?$/i;
const LAST_PORT = 65_535;

export const ESCAPES = '@ : / ? # % in a name or a password are written %40 %3A %2F %3F %23 %25';

/** Ended by the first problem: each is one sentence, in which nothing of the URL is repeated, for it holds passwords. */
export class Misread extends Error {}

export const refuseUrl = (problem: string): never => {
  throw new Misread(problem);
};

export const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuseUrl('has a % that no two hexadecimal digits follow: write % itself as %25');
  }
};

interface Expected {
  /** Where none stands there. */
  readonly port: number;
  /** What each of them is called. */
  readonly what: string;
  readonly example: string;
}

/** Hosts with commas between them. @throws {Misread} */
export const addressesOf = (hosts: string, { port: usual, what, example }: Expected): readonly ServerAddress[] =>
  hosts.split(',').map((text) => {
    const { host, port = String(usual) } = HOST.exec(text)?.groups ?? {};
    if (host === undefined || Number(port) < 1 || Number(port) > LAST_PORT)
      return refuseUrl(
        `names ${what} that is no host:port: give names or addresses with commas between them, as in ${example}; ${ESCAPES}`,
      );
    return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) };
  });

/** Who comes. @throws {Misread} */
export const accountOf = (text: string | undefined): Account => {
  if (text === undefined) return { username: undefined, password: undefined };
  const [username = '', password, ...more] = text.split(':');
  if (password === undefined || password === '' || more.length > 0)
    return refuseUrl('has no password before its @: write user:password@, or :password@ for the default user');
  return { username: username === '' ? undefined : decoded(username), password: decoded(password) };
};
