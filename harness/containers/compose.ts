import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What docker-compose.yml starts of panier: the environment of each service, by its name. */
export const servicesOfPanier = (project: string): ReadonlyMap<string, Readonly<Record<string, string>>> => {
  const text = readFileSync(`${project}/docker-compose.yml`, 'utf8');
  const { services } = parse(text, { merge: true }) as { readonly services: Readonly<Record<string, Service>> };
  const ours = Object.entries(services).filter(([, { image }]) => image === 'panier');
  return new Map(ours.map(([name, { environment = {} }]) => [name, environment]));
};
