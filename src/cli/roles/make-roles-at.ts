import { makeRoles, type ServiceRole } from '../../database/index.ts';
import type { DatabaseService } from '../../platform/index.ts';
import { newPassword } from '../../startup/index.ts';

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
  for (const url of urls) await makeRoles(url, { prefix, passwordOf });
  // Once more for those that a later server lacked: the servers before it kept another password.
  let roles: readonly ServiceRole[] = [];
  for (const url of urls.toReversed()) roles = await makeRoles(url, { prefix, passwordOf });
  return roles;
};
