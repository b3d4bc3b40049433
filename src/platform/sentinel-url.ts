import { err, ok, type Result } from './result.ts';
import {
  type Account,
  accountOf,
  addressesOf,
  decoded,
  ESCAPES,
  Misread,
  refuseUrl,
  type ServerAddress,
} from './server-list.ts';

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
const MASTER = /^[\w.-]{1,128}$/;
const DATABASE = /^\d{1,5}$/;
const PORT = 26_379;
const PARAMETERS = ['db', 'sentinelUsername', 'sentinelPassword'] as const;
type Parameter = (typeof PARAMETERS)[number];
const EXAMPLE = 'redis+sentinel://user:password@host-1:26379,host-2:26379,host-3:26379/name-of-the-master?db=0';

/** Whether the text says that it is such a URL. */
export const isSentinelUrl = (text: string): boolean => /^rediss?\+sentinel:/i.test(text);

const isParameter = (name: string): name is Parameter => PARAMETERS.some((known) => known === name);

const parametersOf = (query: string): ReadonlyMap<Parameter, string> => {
  const found = new Map<Parameter, string>();
  for (const each of query.split('&').filter((part) => part !== '')) {
    const [name = '', value = '', ...more] = each.split('=');
    if (!isParameter(name) || more.length > 0 || value === '' || found.has(name))
      return refuseUrl(
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
  } = FORM.exec(text)?.groups ?? refuseUrl(`is to be like ${EXAMPLE}; ${ESCAPES}`);
  if (hosts === '') return refuseUrl(`names no Sentinel: write ${EXAMPLE}`);
  if (!MASTER.test(master))
    return refuseUrl(`names no master: put behind a / what "sentinel monitor" calls it, as in ${EXAMPLE}`);
  const parameters = parametersOf(query);
  const database = parameters.get('db') ?? '0';
  if (!DATABASE.test(database)) return refuseUrl('has a db that is no number: leave it out, or set it as in ?db=0');
  const [username, password] = [parameters.get('sentinelUsername'), parameters.get('sentinelPassword')];
  if (username !== undefined && password === undefined)
    return refuseUrl('has a sentinelUsername without a sentinelPassword: set both, or the password alone');
  return {
    isTls: tls !== '',
    sentinels: addressesOf(hosts, { port: PORT, what: 'a Sentinel', example: EXAMPLE }),
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
