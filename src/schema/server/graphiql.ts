import { createHash } from 'node:crypto';
import type { GraphiQLOptions, Plugin } from 'graphql-yoga';
import { EXAMPLE_OPERATIONS } from './example-operations.ts';

/** GraphiQL opens with the whole story of a cart as named operations. */
export const graphiql: GraphiQLOptions = {
  title: 'panier',
  defaultTabs: [...EXAMPLE_OPERATIONS],
  // So that a subscription carries the headers that are set on the page, as all else does: a WebSocket would be the page's own viewer's.
  subscriptionsProtocol: 'SSE',
};

interface Page {
  readonly html: string;
  /** Its Content-Security-Policy. */
  readonly policy: string;
}

const INLINE_SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script\b/gi;

const scriptHashes = (html: string): readonly string[] =>
  [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );

/**
 * Runs the scripts that the page came with, and no other. Styles are another matter: the editor makes its own as it goes. Its
 * workers are made of text of the page.
 */
const policyOf = (html: string): string =>
  [
    "default-src 'none'",
    `script-src ${scriptHashes(html).join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * An animation of its tabs leaves each moved by some hundred pixels, which its style hides until the tab has the focus: pressed, a tab
 * would jump away from under the pointer, and the click be lost.
 */
const TABS_STAY = '<style>.graphiql-tab { transform: none !important; }</style>';

const make = async (options: GraphiQLOptions): Promise<Page> => {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL(options).replace('</head>', `${TABS_STAY}</head>`);
  return { html, policy: policyOf(html) };
};

/** GraphiQL as Yoga serves it: what renders the page, and what puts its policy beside it. */
export interface GraphiqlPage {
  readonly render: (options: GraphiQLOptions) => Promise<string>;
  readonly plugin: Plugin;
}

/**
 * The page, whole: it asks nothing of any other host. It weighs 9 MB, so it is loaded when the first browser asks, and
 * made once: making it stops everything else for a third of a second.
 */
export const graphiqlPage = (): GraphiqlPage => {
  let page: Promise<Page> | null = null;
  return {
    render: async (options) => {
      page ??= make(options);
      return (await page).html;
    },
    plugin: {
      onResponse: async ({ response }) => {
        if (page === null || !response.headers.get('content-type')?.startsWith('text/html')) return;
        response.headers.set('content-security-policy', (await page).policy);
      },
    },
  };
};
