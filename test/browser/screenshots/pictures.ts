import { routesOf, type Site } from '../every-page/routes.ts';

export const PICTURES = 'docs/images';
const THEMES = ['light', 'dark'] as const;

export interface Picture {
  readonly site: Site;
  readonly route: string;
  readonly theme: (typeof THEMES)[number];
  readonly file: string;
}

const FIRST: Readonly<Record<Site, string>> = { console: 'overview', shop: 'products' };

/** `/orders/:id` is the page of one order. */
const nameOf = (site: Site, route: string): string =>
  route === '/' ? FIRST[site] : route.slice(1).replace(/s\/:id$/, '');

/** One of each page, in each theme. */
export const picturesOf = (site: Site): readonly Picture[] =>
  routesOf(site).flatMap((route) =>
    THEMES.map((theme) => ({ site, route, theme, file: `${PICTURES}/${site}-${nameOf(site, route)}-${theme}.png` })),
  );
