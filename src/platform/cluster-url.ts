import { err, ok, type Result } from './result.ts';
import {
  type Account,
  accountOf,
  addressesOf,
  ESCAPES,
  Misread,
  refuseUrl,
  type ServerAddress,
} from './server-list.ts';

/** A Redis Cluster: its nodes tell which of them has which keys. */
export interface ClusterUrl {
  readonly isTls: boolean;
  /** Some of its nodes; they know the others. */
  readonly nodes: readonly ServerAddress[];
  /** The same at every node. */
  readonly account: Account;
}

const FORM =
  /^redis(?<tls>s?)\+cluster:\/\/(?:(?<account>[^@/?#]*)@)?(?<hosts>[^@/?#]*)(?:\/(?<database>[^/?#]*))?(?<rest>[?#].*)?$/i;
const PORT = 6_379;
const EXAMPLE = 'redis+cluster://user:password@host-1:6379,host-2:6379,host-3:6379';

/** Whether the text says that it is such a URL. */
export const isClusterUrl = (text: string): boolean => /^rediss?\+cluster:/i.test(text);

const read = (text: string): ClusterUrl => {
  const {
    tls,
    account,
    hosts = '',
    database = '',
    rest,
  } = FORM.exec(text)?.groups ?? refuseUrl(`is to be like ${EXAMPLE}; ${ESCAPES}`);
  if (hosts === '') return refuseUrl(`names no node of the cluster: write ${EXAMPLE}`);
  if (database !== '' && database !== '0')
    return refuseUrl('names a database: a cluster has database 0 alone, so leave out what stands behind its hosts');
  if (rest !== undefined)
    return refuseUrl('has something behind a ? or a #, and nothing may stand there: leave it out');
  return {
    isTls: tls !== '',
    nodes: addressesOf(hosts, { port: PORT, what: 'a node', example: EXAMPLE }),
    account: accountOf(account),
  };
};

/** What stands in `redis+cluster://…`, or `rediss+cluster://…`; else what is wrong with it, to be put behind its name. */
export const readClusterUrl = (text: string): Result<ClusterUrl, string> => {
  try {
    return ok(read(text));
  } catch (error) {
    if (error instanceof Misread) return err(error.message);
    throw error;
  }
};
