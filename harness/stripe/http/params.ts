import type { Params } from './form.ts';
import { misfit } from './refusal.ts';

const pathOf = (name: string): readonly string[] => name.split('.');

const labelOf = (name: string): string => {
  const [first, ...rest] = pathOf(name);
  return `${first}${rest.map((key) => `[${key}]`).join('')}`;
};

const valueAt = (params: Params, name: string): string | Params | undefined =>
  pathOf(name).reduce<string | Params | undefined>((at, key) => (typeof at === 'object' ? at[key] : undefined), params);

/** The text of a parameter (`a.b` for `a[b]`); undefined where it is left out, or empty. */
export const textAt = (params: Params, name: string): string | undefined => {
  const value = valueAt(params, name);
  if (typeof value === 'object') throw misfit('Invalid string', { param: labelOf(name) });
  return value === '' ? undefined : value;
};

export const requiredText = (params: Params, name: string): string => {
  const value = textAt(params, name);
  if (value !== undefined) return value;
  const param = labelOf(name);
  throw misfit(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
};

export const integerAt = (params: Params, name: string): number | undefined => {
  const value = textAt(params, name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(value))
    throw misfit(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param: labelOf(name) });
  return Number(value);
};

export const requiredInteger = (params: Params, name: string): number => {
  requiredText(params, name);
  return integerAt(params, name) ?? 0;
};

export const flagAt = (params: Params, name: string): boolean => {
  const value = textAt(params, name);
  if (value !== undefined && value !== 'true' && value !== 'false')
    throw misfit(`Invalid boolean: ${value}`, { param: labelOf(name) });
  return value === 'true';
};

export const oneOf = <T extends string>(params: Params, name: string, words: readonly T[]): T | undefined => {
  const value = textAt(params, name);
  const word = words.find((each) => each === value);
  if (value !== undefined && word === undefined)
    throw misfit(`Invalid ${labelOf(name)}: must be one of ${words.join(', ')}`, { param: labelOf(name) });
  return word;
};

/** The texts under a parameter, by name; those of a list have numbers for names. */
export const textsAt = (params: Params, name: string): Readonly<Record<string, string>> => {
  const value = valueAt(params, name);
  if (value === undefined || value === '') return {};
  if (typeof value === 'string') throw misfit('Invalid object', { param: labelOf(name) });
  return Object.fromEntries(Object.keys(value).map((key) => [key, textAt(value, key) ?? '']));
};

/** Stripe refuses what it does not know. */
export const allowOnly = (params: Params, known: readonly string[]): void => {
  const unknown = Object.keys(params).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw misfit(`Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', param: unknown });
};
