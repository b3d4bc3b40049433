import { isWithin } from './engines.ts';
import { type Lock, type LockEntry, packageAt } from './lock.ts';

/** What package.json says of the packages that panier stands on. */
export interface Manifest {
  /** Of a package that would tell others of each install. */
  readonly scarfSettings?: { readonly enabled: boolean };
  readonly dependencies: Readonly<Record<string, string>>;
  /** What production does without. */
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Packages whose install scripts npm may run. */
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

export interface SupplyChain {
  readonly manifest: Manifest;
  readonly lock: Lock;
  /** The text of docs/dependencies.md. */
  readonly document: string;
  /** `engines.node` of what is installed, by the package's path. */
  readonly installed: ReadonlyMap<string, string>;
  /** The version of Node.js that panier runs on. */
  readonly node: string;
}

/** They ask for their notice to be kept, and for nothing else. */
const ALLOWED_LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
]);

type Rule = (chain: SupplyChain) => readonly string[];

const ROW = /^\| \[`([^`]+)`\]\([^)]*\) +\| +(\S+) +\|/gm;

const documented = (document: string): ReadonlyMap<string, string> =>
  new Map([...document.matchAll(ROW)].map(([, name = '', licence = '']) => [name, licence]));

const packages = ({ lock }: SupplyChain): readonly (readonly [path: string, entry: LockEntry])[] =>
  Object.entries(lock.packages).filter(([path]) => path !== '');

const everyDependencyIsExplained: Rule = ({ manifest, lock, document }) => {
  const rows = documented(document);
  const all = { ...manifest.dependencies, ...manifest.optionalDependencies };
  const missing = Object.keys(all).filter((name) => !rows.has(name));
  const gone = [...rows.keys()].filter((name) => !Object.hasOwn(all, name));
  const other = [...rows].filter(([name, licence]) => licence !== lock.packages[`node_modules/${name}`]?.license);
  return [
    ...missing.map((name) => `docs/dependencies.md does not say what ${name} is for.`),
    ...gone.map((name) => `docs/dependencies.md names ${name}, which is no production dependency.`),
    ...other
      .filter(([name]) => !gone.includes(name))
      .map(([name]) => `docs/dependencies.md has another licence of ${name} than the package.`),
  ];
};

const licencesAreAllowed: Rule = (chain) =>
  packages(chain)
    .filter(([, { dev, license }]) => dev !== true && !ALLOWED_LICENCES.has(license ?? ''))
    .map(
      ([path, { license }]) => `${packageAt(path)} has the licence ${license ?? '(none)'}, which nobody has allowed.`,
    );

/** Not asked of the packages of other platforms: npm runs no script that is not allowed, and panier does without theirs. */
const scriptsAreApproved: Rule = (chain) => {
  const { allowScripts } = chain.manifest;
  const scripted = packages(chain).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = new Set(scripted.map(([path]) => packageAt(path)));
  const unasked = scripted.filter(([path, { os }]) => os === undefined && allowScripts[packageAt(path)] === undefined);
  const idle = Object.keys(allowScripts).filter((name) => !names.has(name));
  return [
    ...unasked.map(
      ([path]) => `${packageAt(path)} has an install script: allow or refuse it in allowScripts of package.json.`,
    ),
    ...idle.map((name) => `allowScripts of package.json names ${name}, which has no install script.`),
  ];
};

const lockIsLean: Rule = (chain) => [
  ...packages(chain)
    .filter(([, { engines }]) => engines !== undefined)
    .map(([path]) => `${packageAt(path)} has engines in package-lock.json: run npm run lock.`),
  ...packages(chain)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([path]) => `${packageAt(path)} names a registry in package-lock.json: run npm run lock.`),
];

/** The lock says nothing of engines, for npm compares them with its own Node.js: here they meet the one that counts. */
const enginesFit: Rule = ({ installed, node }) =>
  [...installed]
    .filter(([, range]) => !isWithin(range, node))
    .map(([path, range]) => `${packageAt(path)} needs Node.js ${range}, and panier runs on ${node}.`);

const RULES: readonly Rule[] = [
  everyDependencyIsExplained,
  licencesAreAllowed,
  scriptsAreApproved,
  lockIsLean,
  enginesFit,
];

/** Sentences that say what is wrong with what panier is made of; none when all is well. */
export const problemsOf = (chain: SupplyChain): readonly string[] => RULES.flatMap((rule) => rule(chain));
