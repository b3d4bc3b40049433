import type { Account } from '../account/account.ts';
import type { ApiObject } from '../account/objects.ts';
import type { Params } from '../http/form.ts';
import { notFound } from '../http/refusal.ts';

/** One request, read. */
export interface Call {
  readonly account: Account;
  readonly params: Params;
  /** Of the path; empty where it names none. */
  readonly id: string;
}

/** Carries a request out. @throws {Refusal} */
export type Handler = (call: Call) => ApiObject;

/** @throws where there is none of that id */
export const found = <T>(kept: ReadonlyMap<string, T>, what: string, id: string): T => {
  const object = kept.get(id);
  if (object === undefined) throw notFound(what, id);
  return object;
};
