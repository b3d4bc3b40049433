import { readFileSync } from 'node:fs';

const SOURCES = {
  console: 'console/routes.tsx',
  shop: 'shop/shop.tsx',
} as const;

export type Site = keyof typeof SOURCES;

const ROUTE = /<Route path="([^"]+)"/g;

/** Every page that a site has, as its router says it: a page that is new is tried without being named here. */
export const routesOf = (site: Site): readonly string[] =>
  [...readFileSync(SOURCES[site], 'utf8').matchAll(ROUTE)].map(([, route = '']) => route);

/** What stands in the place of `:id` in a route; one that is missing is one that no test opens. */
export type Ids = Readonly<Record<string, string>>;

/** @throws when the route has a parameter, and nothing stands for it */
export const pathOf = (site: Site, route: string, ids: Ids): string => {
  const id = ids[route];
  if (route.includes(':') && id === undefined) throw new Error(`Say what :id is in ${route} of the ${site}.`);
  return `/${site}${route === '/' ? '' : route.replace(':id', id ?? '')}`;
};
