import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Limits } from '../../platform/index.ts';
import { type DocumentSize, sizeOf } from './document-size.ts';

interface Limit {
  readonly code: string;
  readonly what: string;
  readonly advice: string;
}

const LIMITS: Readonly<Record<keyof DocumentSize, Limit>> = {
  depth: { code: 'TOO_DEEP', what: 'levels of fields', advice: 'ask for less at a time' },
  aliases: { code: 'TOO_MANY_ALIASES', what: 'aliases', advice: 'send several requests' },
  directives: { code: 'TOO_MANY_DIRECTIVES', what: 'directives', advice: 'leave out what is not wanted' },
  rootFields: { code: 'TOO_MANY_ROOT_FIELDS', what: 'fields at the root', advice: 'send several requests' },
  cost: {
    code: 'TOO_COSTLY',
    what: 'fields in its answer',
    advice: 'ask for smaller pages, or for less of each member',
  },
};

/** `http` is how Yoga learns of the status. */
export const refused = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { spec: true, status: 400 } } });

const sizes = (what: keyof DocumentSize, size: DocumentSize, limits: Limits): readonly GraphQLError[] => {
  if (size[what] <= limits[what]) return [];
  const { code, what: name, advice } = LIMITS[what];
  return [
    refused(
      code,
      `The operation may have ${Math.ceil(size[what])} ${name}, and at most ${limits[what]} are served: ${advice}.`,
    ),
  ];
};

/** What an operation has too much of to be run: counted by its text alone, before anything validates or runs it. */
export const excessesOf = (schema: GraphQLSchema, document: DocumentNode, limits: Limits): readonly GraphQLError[] => {
  const size = sizeOf({ schema, pageSize: limits.pageSize }, document);
  return (Object.keys(LIMITS) as (keyof DocumentSize)[]).flatMap((what) => sizes(what, size, limits));
};
