import type { Config } from '../../src/platform/index.ts';
import { readRunningServers, ServersError } from '../../src/servers/index.ts';
import { answers } from './answers.ts';

const DEFAULT = 'http://127.0.0.1:4002';

/** Whoever listens on all addresses is reached on the loopback interface. */
const reachable = (url: string): string => url.replace(/\/\/(0\.0\.0\.0|\[::\])/, '//127.0.0.1');

const ofThisMachine = ({ dataDir, ops }: Config): readonly string[] => {
  const { opsUrl } = readRunningServers(dataDir) ?? {};
  if (opsUrl !== undefined) return [reachable(opsUrl)];
  return [ops === null || ops.port === 0 ? DEFAULT : `http://127.0.0.1:${ops.port}`];
};

const WAYS_OUT =
  'Start panier first (npm start), set PANIER_DATA_DIR to the directory of the one that runs, or say where its metrics are: npm run observe -- --ops http://127.0.0.1:4002';

/** Where the processes show their metrics: those that were named, or the panier of this machine. @throws {ServersError} */
export const targetsOf = async (named: readonly string[], config: Config): Promise<readonly string[]> => {
  const urls = named.length > 0 ? named : ofThisMachine(config);
  for (const url of urls)
    if (!(await answers(`${url}/metrics`))) throw new ServersError(`No panier shows metrics at ${url}. ${WAYS_OUT}`);
  return urls.map((url) => new URL(url).host);
};
