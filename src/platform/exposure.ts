import { isIP } from 'node:net';
import type { EnvironmentReader } from './environment.ts';
import { PAGE_NAMES, type PageName } from './page-names.ts';
import { readShopPayments, type ShopPayments } from './shop-payments.ts';

const MODES = ['development', 'production'] as const;
export type Mode = (typeof MODES)[number];

const DOCUMENTS = ['any', 'trusted'] as const;

/** The files of a certificate, in PEM: its chain and its private key. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How far the gateway opens itself to strangers. */
export interface Exposure {
  readonly mode: Mode;
  /** Which documents are run: whatever is sent, or those of the manifests alone. */
  readonly documents: (typeof DOCUMENTS)[number];
  /** A file with the documents that may be asked for by their hash. */
  readonly documentsManifest: string | undefined;
  /** Whether the schema is also served as a part of a larger graph, at /subgraph. */
  readonly subgraph: boolean;
  /** Pages that are served to browsers, beside GraphiQL. */
  readonly pages: readonly PageName[];
  /** How customers of the shop among them pay. */
  readonly shopPayments: ShopPayments;
  /** Origins of other sites' pages that may call: `*` stands for all. Empty: none. */
  readonly corsOrigins: readonly string[];
  /** Addresses and networks (CIDR) whose X-Forwarded headers count. */
  readonly trustedProxies: readonly string[];
  /** Without it the gateway speaks plain HTTP. */
  readonly tls: TlsFiles | undefined;
}

const listOf = ({ text }: EnvironmentReader, variable: string): readonly string[] =>
  (text(variable) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const NO_PAGES = 'none';

/** A shop that is open has pages of its own: there, ours is a demonstration. */
const readPages = (reader: EnvironmentReader, mode: Mode): readonly PageName[] => {
  const variable = 'PANIER_PAGES';
  if (reader.text(variable) === undefined) return mode === 'production' ? ['console'] : PAGE_NAMES;
  const given = listOf(reader, variable);
  if (given.length === 1 && given[0] === NO_PAGES) return [];
  const wrong = given.find((each) => !PAGE_NAMES.some((name) => name === each));
  if (wrong !== undefined)
    reader.problems.push(`${variable} has "${wrong}": give a list of ${PAGE_NAMES.join(', ')}, or ${NO_PAGES}.`);
  return PAGE_NAMES.filter((name) => given.includes(name));
};

const isOrigin = (given: string): boolean => {
  const url = URL.parse(given);
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === given && !given.includes('*');
};

const readOrigins = (reader: EnvironmentReader): readonly string[] => {
  const variable = 'PANIER_CORS_ORIGINS';
  const origins = listOf(reader, variable);
  const wrong = origins.find((origin) => origin !== '*' && !isOrigin(origin));
  if (wrong !== undefined)
    reader.problems.push(
      `${variable} has "${wrong}": give origins as browsers send them, without a path or a slash at the end, as https://shop.example,http://localhost:3000.`,
    );
  return origins;
};

/** An address, or a network as `10.0.0.0/8`. `/0` is everybody, whose word on where they come from is then believed. */
const isNetwork = (given: string): boolean => {
  const [address = '', prefix, ...more] = given.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
};

const readProxies = (reader: EnvironmentReader): readonly string[] => {
  const variable = 'PANIER_TRUSTED_PROXIES';
  const proxies = listOf(reader, variable);
  const wrong = proxies.find((proxy) => !isNetwork(proxy));
  if (wrong !== undefined)
    reader.problems.push(
      `${variable} has "${wrong}": give addresses or networks of your proxies, as 10.0.0.7,192.168.0.0/16,::1.`,
    );
  return proxies;
};

const readTls = ({ text, problems }: EnvironmentReader): TlsFiles | undefined => {
  const [certFile, keyFile] = [text('PANIER_TLS_CERT'), text('PANIER_TLS_KEY')];
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile !== undefined || keyFile !== undefined)
    problems.push('PANIER_TLS_CERT and PANIER_TLS_KEY belong together: set both to files in PEM, or none.');
  return undefined;
};

/** A gateway plans its documents itself, so no manifest has them. */
const readSubgraph = ({ flag, problems }: EnvironmentReader, documents: Exposure['documents']): boolean => {
  const isOn = flag('PANIER_SUBGRAPH', false);
  if (isOn && documents === 'trusted')
    problems.push(
      'PANIER_SUBGRAPH=on with PANIER_DOCUMENTS=trusted would refuse whatever a federated gateway plans: let that gateway say which documents it trusts, and serve the subgraph by another process with PANIER_DOCUMENTS=any.',
    );
  return isOn;
};

export const readExposure = (reader: EnvironmentReader): Exposure => {
  const mode = reader.oneOf('PANIER_MODE', MODES, 'development');
  const documents = reader.oneOf('PANIER_DOCUMENTS', DOCUMENTS, 'any');
  return {
    mode,
    documents,
    documentsManifest: reader.text('PANIER_DOCUMENTS_MANIFEST'),
    subgraph: readSubgraph(reader, documents),
    pages: readPages(reader, mode),
    shopPayments: readShopPayments(reader),
    corsOrigins: readOrigins(reader),
    trustedProxies: readProxies(reader),
    tls: readTls(reader),
  };
};
