import { parseArgs } from 'node:util';
import { SCOPES, type Scope, signToken, TOKEN_ROLES, type TokenGrant } from '../access/index.ts';
import { isCustomerId } from '../events/index.ts';
import { readProcessConfig } from '../platform/index.ts';
import { StartupError } from '../startup/index.ts';
import { explain } from './explain.ts';
import { signingOf } from './own-token.ts';

const USAGE = `Usage: npm run --silent token -- --role operator --sub NAME [--scope orders:read,orders:write] [--ttl 1h]

Prints a token for the panier of the data directory (PANIER_DATA_DIR), or of PANIER_JWT_SECRET where that is set, and
nothing else. As in: curl -H "authorization: Bearer $(npm run --silent token -- --role customer --sub ada)" …

  --role   customer, service or operator
  --sub    whom it is for: a customer's id, or the name of a service or an operator
  --scope  what a service or an operator may do, with commas or once for each; an operator without it may do all:
           ${SCOPES.join(', ')}
  --ttl    for how long: a number with s, m, h or d; 1h unless given
`;

const OPTIONS = {
  role: { type: 'string' },
  sub: { type: 'string' },
  scope: { type: 'string', multiple: true },
  ttl: { type: 'string', default: '1h' },
  help: { type: 'boolean', default: false },
} as const;

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const MAX_SECONDS = 366 * 86_400;

const ttlSecondsOf = (given: string): number => {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(given) ?? [];
  const seconds = Number(count) * (SECONDS[unit] ?? 0);
  if (seconds >= 1 && seconds <= MAX_SECONDS) return seconds;
  throw new StartupError(`--ttl is "${given}": give a number with s, m, h or d, of at most 366d.`);
};

const roleOf = (given: string | undefined): TokenGrant['role'] => {
  const role = TOKEN_ROLES.find((known) => known === given);
  if (role !== undefined) return role;
  throw new StartupError(
    `--role is ${given === undefined ? 'missing' : `"${given}"`}: give one of ${TOKEN_ROLES.join(', ')}.`,
  );
};

const subjectOf = (given: string | undefined): string => {
  if (given !== undefined && isCustomerId(given)) return given;
  throw new StartupError('--sub is whom the token is for: give 1 to 200 visible characters of ASCII.');
};

const scopesOf = (given: readonly string[] | undefined, role: TokenGrant['role']): readonly Scope[] => {
  if (given === undefined) return role === 'operator' ? SCOPES : [];
  if (role === 'customer') throw new StartupError('--scope is for services and operators: customers have none.');
  const names = given.flatMap((some) => some.split(/[\s,]+/)).filter((name) => name !== '');
  const unknown = names.filter((name) => !SCOPES.some((scope) => scope === name));
  if (unknown.length > 0)
    throw new StartupError(`--scope has "${unknown.join('", "')}": give some of ${SCOPES.join(', ')}.`);
  return SCOPES.filter((scope) => names.includes(scope));
};

const argumentsGiven = () => {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const run = async (): Promise<string> => {
  const { role: given, sub, scope, ttl, help } = argumentsGiven();
  if (help) return USAGE;
  const role = roleOf(given);
  const grant = { role, subject: subjectOf(sub), scopes: scopesOf(scope, role), ttlSeconds: ttlSecondsOf(ttl) };
  const { secret, tokens } = signingOf(readProcessConfig());
  return `${await signToken(secret, tokens, grant)}\n`;
};

try {
  process.stdout.write(await run());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
