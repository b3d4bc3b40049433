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

/** Where a route leads in a given shop, if it needs to be said: `/orders/:id` to one of its orders. */
export type Places = Readonly<Record<string, string>>;

/** @throws when the route has a parameter, and no place is given */
export const pathOf = (site: Site, route: string, places: Places): string => {
  const path = places[route] ?? route;
  if (path.includes(':')) throw new Error(`No test opens ${route} of the ${site}: say where it leads.`);
  return `/${site}${path === '/' ? '' : path}`;
};
