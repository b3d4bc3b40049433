import { err, ok, type Result } from './result.ts';

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

interface Account {
  readonly username: string | undefined;
  readonly password: string | undefined;
}

/** A Redis that has no address of its own: Sentinels tell which of several servers is master now. */
export interface SentinelUrl {
  /** Towards the Sentinels, too. */
  readonly isTls: boolean;
  readonly sentinels: readonly ServerAddress[];
  /** What the Sentinels call it. */
  readonly master: string;
  readonly sentinelAccount: Account;
  /** As it were for a single server, to which nothing is to connect: who comes, and to which database. */
  readonly loginUrl: string;
}

const FORM =
  /^redis(?<tls>s?)\+sentinel:\/\/(?:(?<account>[^@/?#]*)@)?(?<hosts>[^@/?#]*)(?:\/(?<master>[^/?#]*))?(?:\?(?<query>[^?#]*))?$/i;
const HOST = /^(?<host>[\w.-]+|\[[\da-f:.]+\])(?::(?<port>\d{1,5}))?$/i;
const MASTER = /^[\w.-]{1,128}$/;
const DATABASE = /^\d{1,5}$/;
const PORT = 26_379;
const LAST_PORT = 65_535;
const PARAMETERS = ['db', 'sentinelUsername', 'sentinelPassword'] as const;
type Parameter = (typeof PARAMETERS)[number];
const EXAMPLE = 'redis+sentinel://user:password@host-1:26379,host-2:26379,host-3:26379/name-of-the-master?db=0';
const ESCAPES = '@ : / ? # % in a name or a password are written %40 %3A %2F %3F %23 %25';

/** Whether the text says that it is such a URL. */
export const isSentinelUrl = (text: string): boolean => /^rediss?\+sentinel:/i.test(text);

/** Ended by the first problem: each is one sentence, in which nothing of the URL is repeated, for it holds passwords. */
class Misread extends Error {}

const refuse = (problem: string): never => {
  throw new Misread(problem);
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('has a % that no two hexadecimal digits follow: write % itself as %25');
  }
};

const addressOf = (text: string): ServerAddress => {
  const { host, port = String(PORT) } = HOST.exec(text)?.groups ?? {};
  if (host === undefined || Number(port) < 1 || Number(port) > LAST_PORT)
    return refuse(
      `names a Sentinel that is no host:port: give names or addresses with commas between them, as in ${EXAMPLE}; ${ESCAPES}`,
    );
  return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port) };
};

const accountOf = (text: string | undefined): Account => {
  if (text === undefined) return { username: undefined, password: undefined };
  const [username = '', password, ...more] = text.split(':');
  if (password === undefined || password === '' || more.length > 0)
    return refuse('has no password before its @: write user:password@, or :password@ for the default user');
  return { username: username === '' ? undefined : decoded(username), password: decoded(password) };
};

const isParameter = (name: string): name is Parameter => PARAMETERS.some((known) => known === name);

const parametersOf = (query: string): ReadonlyMap<Parameter, string> => {
  const found = new Map<Parameter, string>();
  for (const each of query.split('&').filter((part) => part !== '')) {
    const [name = '', value = '', ...more] = each.split('=');
    if (!isParameter(name) || more.length > 0 || value === '' || found.has(name))
      return refuse(
        `has something behind its ? that is not understood: once each, ${PARAMETERS.join(', ')} may stand there`,
      );
    found.set(name, decoded(value));
  }
  return found;
};

const loginUrlOf = ({ username, password }: Account, master: string, database: string): string => {
  const account =
    password === undefined ? '' : `${encodeURIComponent(username ?? '')}:${encodeURIComponent(password)}@`;
  return `redis://${account}${master}/${database}`;
};

const read = (text: string): SentinelUrl => {
  const {
    tls,
    account,
    hosts = '',
    master = '',
    query = '',
  } = FORM.exec(text)?.groups ?? refuse(`is to be like ${EXAMPLE}; ${ESCAPES}`);
  if (hosts === '') return refuse(`names no Sentinel: write ${EXAMPLE}`);
  if (!MASTER.test(master))
    return refuse(`names no master: put behind a / what "sentinel monitor" calls it, as in ${EXAMPLE}`);
  const parameters = parametersOf(query);
  const database = parameters.get('db') ?? '0';
  if (!DATABASE.test(database)) return refuse('has a db that is no number: leave it out, or set it as in ?db=0');
  const [username, password] = [parameters.get('sentinelUsername'), parameters.get('sentinelPassword')];
  if (username !== undefined && password === undefined)
    return refuse('has a sentinelUsername without a sentinelPassword: set both, or the password alone');
  return {
    isTls: tls !== '',
    sentinels: hosts.split(',').map(addressOf),
    master,
    sentinelAccount: { username, password },
    loginUrl: loginUrlOf(accountOf(account), master, database),
  };
};

/** What stands in `redis+sentinel://…`, or `rediss+sentinel://…`; else what is wrong with it, to be put behind its name. */
export const readSentinelUrl = (text: string): Result<SentinelUrl, string> => {
  try {
    return ok(read(text));
  } catch (error) {
    if (error instanceof Misread) return err(error.message);
    throw error;
  }
};
