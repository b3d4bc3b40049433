import { type DocumentNode, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { nestsTooDeeply } from './nesting.ts';

const MAX_NESTING = 200;

const mistake = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } });

const tooDeep = (): GraphQLError =>
  mistake(`The document nests more than ${MAX_NESTING} levels deep: ask for less at a time.`);

/** GraphQL reads by recursion: a document may be deep in more ways than its brackets, as by a chain of fragments. */
const isOverflow = (error: unknown): boolean => error instanceof RangeError;

/**
 * Said where every lane reads: the error is remembered, and told to whoever sends the same text next. Yoga's own plugin
 * says it of requests over HTTP only, so that the code depended on who had asked first.
 */
const coded = (error: unknown): unknown => {
  if (error instanceof GraphQLError)
    Object.assign(error.extensions, { code: 'GRAPHQL_PARSE_FAILED', http: { spec: true, status: 400 } });
  return error;
};

/** To read what a client sent can fail by the client's fault only: a defect of ours would not depend on what was sent. */
export const carefulReading: Plugin = {
  onRequestParse: ({ requestParser, setRequestParser }) => {
    if (requestParser === undefined) return;
    setRequestParser(async (request) => {
      try {
        return await requestParser(request);
      } catch (error) {
        if (error instanceof GraphQLError) throw error;
        throw mistake('The parameters cannot be read: send variables and extensions as JSON objects.');
      }
    });
  },
  onParse: ({ parseFn, setParseFn }) =>
    setParseFn((source: string, options: object) => {
      if (nestsTooDeeply(source, MAX_NESTING)) throw tooDeep();
      try {
        return parseFn(source, options) as DocumentNode;
      } catch (error) {
        throw isOverflow(error) ? tooDeep() : coded(error);
      }
    }),
  onValidate: ({ validateFn, setValidationFn }) =>
    setValidationFn((...given: Parameters<typeof validateFn>) => {
      try {
        return validateFn(...given) as readonly GraphQLError[];
      } catch (error) {
        if (isOverflow(error)) return [tooDeep()];
        throw error;
      }
    }),
};
