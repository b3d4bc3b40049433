import { createYoga } from 'graphql-yoga';
import { serve } from './listen.ts';
import { schema } from './shop-schema.ts';

const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false });

await serve((request, response) => void yoga(request, response));
