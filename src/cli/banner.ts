import type { Panier } from '../main.ts';
import type { Config } from '../platform/index.ts';
import type { Servers } from '../servers/index.ts';

/** With commas in it, the URL of a cluster is none to the platform. */
const portsIn = (url: string): readonly string[] =>
  url
    .replace(/^.*@/, '')
    .split(',')
    .map((host) => /:(\d+)/.exec(host)?.[1] ?? '');

const place = (given: string | undefined, url: string): string => {
  if (given !== undefined) return 'yours';
  const ports = portsIn(url);
  return ports.length === 1 ? `embedded, on port ${ports[0]}` : `embedded, a cluster on ports ${ports.join(', ')}`;
};

/** What a person sees of a panier that has started. */
export const banner = (panier: Panier, config: Config, servers: Servers): string => {
  const url = panier.urls.gateway;
  const isForStrangers = config.mode === 'production';
  const what = isForStrangers ? 'GraphQL ' : 'GraphiQL';
  const demo = isForStrangers ? '' : 'npm run demo plays three sagas against it. ';
  const lines = [
    `panier is running (${config.roles.join(', ')}).`,
    '',
    ...(url === undefined ? [] : [`  ${what}    ${url.replace('127.0.0.1', 'localhost')}/graphql`]),
    ...pageLines(panier, config),
    ...inventoryLine(panier),
    ...metricsLine(panier),
    ...signInLine(panier, config),
    `  PostgreSQL  ${place(config.databaseUrl, servers.databaseUrl)}`,
    `  Redis       ${place(config.redisUrl, servers.redisUrl)}`,
    ...dataLine(config),
    '',
    `  ${demo}Ctrl-C stops.`,
  ];
  return lines.join('\n');
};

/** What a newcomer opens first comes first. */
const pageLines = ({ urls }: Panier, { pages }: Config): readonly string[] => {
  const url = urls.gateway?.replace('127.0.0.1', 'localhost');
  if (url === undefined) return [];
  const shop = pages.includes('shop') ? [`  Shop        ${url}/shop`] : [];
  return [...shop, ...(pages.includes('console') ? [`  Console     ${url}/console`] : [])];
};

const inventoryLine = ({ urls }: Panier): readonly string[] => {
  const url = urls['inventory-api'];
  return url === undefined ? [] : [`  Inventory   ${url.replace('127.0.0.1', 'localhost')}/openapi.json`];
};

const metricsLine = ({ opsUrl }: Panier): readonly string[] =>
  opsUrl === null ? [] : [`  Metrics     ${opsUrl.replace('127.0.0.1', 'localhost')}/metrics`];

/** Nothing lies here when both servers are somebody else's. */
const dataLine = ({ databaseUrl, redisUrl, dataDir }: Config): readonly string[] =>
  databaseUrl !== undefined && redisUrl !== undefined
    ? []
    : [`  Data        ${dataDir}  (servers.json there has the URLs of its servers)`];

/** With keys of one's own, one knows how to sign in. */
const signInLine = ({ urls }: Panier, { tokens }: Config): readonly string[] =>
  urls.gateway === undefined || tokens.key !== null
    ? []
    : ['  Signed in   there as development operator; elsewhere: npm run --silent token -- --role operator --sub NAME'];
