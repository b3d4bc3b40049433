import type { GraphiQLOptions } from 'graphql-yoga';
import { EXAMPLE_OPERATIONS } from './example-operations.ts';

/** GraphiQL opens with the whole story of a cart as named operations. */
export const graphiql: GraphiQLOptions = {
  title: 'panier',
  defaultTabs: [...EXAMPLE_OPERATIONS],
  subscriptionsProtocol: 'WS',
};

/**
 * The page, whole: it asks nothing of any other host. It weighs 9 MB, so it is loaded when the first browser asks, and
 * made once: making it stops everything else for a third of a second.
 */
export const graphiqlRenderer = (): ((options: GraphiQLOptions) => Promise<string>) => {
  let page: Promise<string> | null = null;
  return (options) => {
    page ??= import('@graphql-yoga/render-graphiql').then(({ renderGraphiQL }) => renderGraphiQL(options));
    return page;
  };
};
