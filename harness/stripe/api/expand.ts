import type { Account } from '../account/account.ts';
import { type ApiObject, objectOf } from '../account/objects.ts';

const lookUp = (account: Account, id: string): ApiObject | null => {
  const { intents, charges, methods, refunds, disputes } = account;
  const kept = intents.get(id) ?? charges.get(id) ?? methods.get(id) ?? refunds.get(id) ?? disputes.get(id);
  return kept === undefined ? null : objectOf(kept);
};

const isObject = (value: unknown): value is ApiObject => typeof value === 'object' && value !== null;

const expandValue = (account: Account, value: unknown, rest: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((each: unknown) => expandValue(account, each, rest));
  const shown = typeof value === 'string' ? (lookUp(account, value) ?? value) : value;
  return isObject(shown) ? expandPath(account, shown, rest) : shown;
};

const expandPath = (account: Account, object: ApiObject, [name, ...rest]: readonly string[]): ApiObject =>
  name === undefined ? object : { ...object, [name]: expandValue(account, object[name], rest) };

/** Puts objects in the place of their ids. Source: https://docs.stripe.com/api/expanding_objects. */
export const expand = (account: Account, object: ApiObject, paths: readonly string[]): ApiObject =>
  paths.reduce((expanded, path) => expandPath(account, expanded, path.split('.')), object);
