import { makeRoles, type ServiceRole } from '../../database/index.ts';
import type { DatabaseService } from '../../platform/index.ts';
import { newPassword } from '../../startup/index.ts';
import { halfMade } from './half-made.ts';

interface Wanted {
  readonly prefix: string;
  readonly newPasswords: boolean;
}

/**
 * Makes the roles on each server, with one password on all of them: a service comes to each as the same. One that is new on any
 * gets a new password everywhere. @returns those of the first server, with what their passwords are where these were set
 */
export const makeRolesAt = async (
  urls: readonly string[],
  { prefix, newPasswords }: Wanted,
): Promise<readonly ServiceRole[]> => {
  const fresh = new Map<DatabaseService, string>();
  const passwordOf = (service: DatabaseService, isNew: boolean): string | undefined => {
    if ((isNew || newPasswords) && !fresh.has(service)) fresh.set(service, newPassword());
    return fresh.get(service);
  };
  const [first = '', ...others] = urls;
  let roles = await makeRoles(first, { prefix, passwordOf });
  // Once more, back to the first, for those that a later server lacked: the servers before it kept another password.
  for (const url of [...others, ...[first, ...others].toReversed().slice(1)])
    roles = await makeRoles(url, { prefix, passwordOf }).catch(halfMade(() => fresh.size > 0));
  return roles;
};
