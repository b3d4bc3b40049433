import type { GraphQLSchema } from 'graphql';
import { inAccess } from './access.ts';
import { tellingActs } from './acts.ts';
import { boundedArguments } from './bounded-arguments.ts';
import { inTime } from './in-time.ts';
import { withinPages } from './page-limits.ts';
import { withinBudget } from './server/list-budget.ts';

/** The schema as clients meet it: asked by those alone who may, within bounds, and answered in time. Made in place. */
export const asServed = (schema: GraphQLSchema): GraphQLSchema =>
  inTime(inAccess(tellingActs(withinPages(boundedArguments(withinBudget(schema))))));
