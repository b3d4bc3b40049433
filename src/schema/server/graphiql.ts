import type { GraphiQLOptions } from 'graphql-yoga';
import { EXAMPLE_OPERATIONS } from './example-operations.ts';

/** GraphiQL opens with the whole story of a cart as named operations. */
export const graphiql: GraphiQLOptions = {
  title: 'panier',
  defaultTabs: [...EXAMPLE_OPERATIONS],
  subscriptionsProtocol: 'WS',
};

/** The page, whole: it asks nothing of any other host. Loaded on first use, for it weighs 9 MB. */
export const renderGraphiQL = async (options: GraphiQLOptions): Promise<string> => {
  const { renderGraphiQL: render } = await import('@graphql-yoga/render-graphiql');
  return render(options);
};
