import type { EnvironmentReader } from './environment.ts';

const VARIABLE = 'PANIER_HOSTS';

/** Names by which clients may call the gateway: `*` stands for all. */
export const readHosts = ({ text, problems }: EnvironmentReader): readonly string[] => {
  const names = (text(VARIABLE) ?? 'localhost').split(',').map((name) => name.trim());
  const wrong = names.find((name) => !/^(?:\*|[\w.-]{1,253})$/.test(name));
  if (wrong !== undefined)
    problems.push(`${VARIABLE} has "${wrong}": give names of hosts, without scheme or port, as shop.example,panier.`);
  return names;
};
