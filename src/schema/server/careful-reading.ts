import { type DocumentNode, GraphQLError, Source } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import type { Asked } from './asked-text.ts';
import type { Documents } from './documents.ts';

const unreadable = (): GraphQLError =>
  new GraphQLError('The parameters cannot be read: send variables and extensions as JSON objects.', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });

const byPostOnly = (): GraphQLError =>
  new GraphQLError('Documents come by POST here; GET is for those of a manifest, by their documentId.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: { allow: 'POST' } } },
  });

interface Asking {
  readonly request: Request;
  readonly params: GraphQLParams;
}

const isStream = ({ headers }: Request): boolean => /event-stream/i.test(headers.get('accept') ?? '');

/** Yoga leaves out of a URL what it does not know. */
const askedBy = ({ request, params }: Asking): Asked =>
  request.method === 'GET' ? { ...params, documentId: URL.parse(request.url)?.searchParams.get('documentId') } : params;

/** A page can make its visitor's browser GET anything without asking: of strangers, only what is known is taken so. */
const assertMethod = ({ request, params }: Asking): void => {
  if (request.method === 'GET' && params.query !== undefined && !isStream(request)) throw byPostOnly();
};

const withText = (asking: Asking, { textOf, isReticent }: Documents): GraphQLParams => {
  if (isReticent) assertMethod(asking);
  const { documentId: _id, ...params } = asking.params as GraphQLParams & { readonly documentId?: unknown };
  const query = textOf(askedBy(asking));
  return query === params.query ? params : { ...params, query: query as string };
};

const isOne = (params: unknown): params is GraphQLParams =>
  typeof params === 'object' && params !== null && !Array.isArray(params);

/**
 * Yoga reads documents as every lane does. To read what a client sent can fail by the client's fault only: a defect of ours
 * would not depend on what was sent.
 */
export const carefulReading = (documents: Documents): Plugin => ({
  onRequestParse: ({ requestParser, setRequestParser }) => {
    if (requestParser === undefined) return;
    setRequestParser(async (request) => {
      try {
        const params = await requestParser(request);
        return isOne(params) ? withText({ request, params }, documents) : params;
      } catch (error) {
        throw error instanceof GraphQLError ? error : unreadable();
      }
    });
  },
  onParse: ({ setParseFn }) =>
    setParseFn((source: string | Source) => documents.parse(source instanceof Source ? source.body : source)),
  onValidate: ({ setValidationFn }) =>
    setValidationFn((_schema: unknown, document: DocumentNode) => documents.validate(document)),
});
