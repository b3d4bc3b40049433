import type { EnvironmentReader } from './environment.ts';

/** An inventory elsewhere, which keeps the stock that orders take. */
export interface InventoryConfig {
  /** Without a slash at its end, and without credentials. */
  readonly url: string;
  /** Bearer token; in no log. */
  readonly token: string | undefined;
  /** Until a call has to be answered. */
  readonly timeoutMs: number;
  /** Calls that one process has under way at once. */
  readonly concurrency: number;
  /** The first pause before a call that came to nothing is made again. */
  readonly backoffMs: number;
  /** Where new orders take their stock from; those that were begun at the inventory are ended there either way. */
  readonly newOrders: 'remote' | 'ledger';
}

const URL_VARIABLE = 'PANIER_INVENTORY_URL';
const TOKEN = /^[\x21-\x7e]+$/;

/** The URL itself is not repeated: it may hold a password. */
const readUrl = ({ url, problems }: EnvironmentReader): string | undefined => {
  const given = url(URL_VARIABLE, ['http:', 'https:']);
  const parsed = given === undefined ? null : URL.parse(given);
  if (parsed === null) return undefined;
  if (parsed.username !== '' || parsed.password !== '')
    problems.push(`${URL_VARIABLE} has credentials in it: leave them out, and set PANIER_INVENTORY_TOKEN.`);
  if (parsed.search !== '' || parsed.hash !== '')
    problems.push(
      `${URL_VARIABLE} has a query or a fragment: give the address alone, as http://inventory.example:4001.`,
    );
  return parsed.href.replace(/\/+$/, '');
};

const readToken = ({ text, problems }: EnvironmentReader): string | undefined => {
  const token = text('PANIER_INVENTORY_TOKEN');
  if (token !== undefined && !TOKEN.test(token))
    problems.push('PANIER_INVENTORY_TOKEN has characters that no bearer token has: give it as it was issued.');
  return token;
};

/** Null where the ledger keeps the stock. */
export const readInventoryConfig = (reader: EnvironmentReader): InventoryConfig | null => {
  const { integer, oneOf } = reader;
  const url = readUrl(reader);
  const rest = {
    token: readToken(reader),
    timeoutMs: integer('PANIER_INVENTORY_TIMEOUT_MS', { fallback: 2_000, min: 10, max: 20_000 }),
    concurrency: integer('PANIER_INVENTORY_CONCURRENCY', { fallback: 16, min: 1, max: 256 }),
    backoffMs: integer('PANIER_INVENTORY_BACKOFF_MS', { fallback: 200, min: 1, max: 60_000 }),
    newOrders: oneOf('PANIER_INVENTORY_NEW_ORDERS', ['remote', 'ledger'], 'remote'),
  };
  return url === undefined ? null : { url, ...rest };
};
