import { type DocumentNode, GraphQLError, Source } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Documents } from './documents.ts';

const unreadable = (): GraphQLError =>
  new GraphQLError('The parameters cannot be read: send variables and extensions as JSON objects.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });

/**
 * Yoga reads documents as every lane does. To read what a client sent can fail by the client's fault only: a defect of ours
 * would not depend on what was sent.
 */
export const carefulReading = ({ parse, validate }: Documents): Plugin => ({
  onRequestParse: ({ requestParser, setRequestParser }) => {
    if (requestParser === undefined) return;
    setRequestParser(async (request) => {
      try {
        return await requestParser(request);
      } catch (error) {
        throw error instanceof GraphQLError ? error : unreadable();
      }
    });
  },
  onParse: ({ setParseFn }) =>
    setParseFn((source: string | Source) => parse(source instanceof Source ? source.body : source)),
  onValidate: ({ setValidationFn }) =>
    setValidationFn((_schema: unknown, document: DocumentNode) => validate(document)),
});
