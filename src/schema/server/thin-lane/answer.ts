import type { ServerResponse } from 'node:http';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { MaskError } from '../../mask-error.ts';
import type { MediaType } from './media-type.ts';

/** Yoga's own marks stay inside. */
const withoutMarks = ({ http: _http, unexpected: _unexpected, ...extensions }: Readonly<Record<string, unknown>>) =>
  Object.keys(extensions).length > 0 ? { extensions } : {};

const shown = (error: GraphQLError): object => {
  const { extensions = {}, ...where } = error.toJSON();
  return { ...where, ...withoutMarks(extensions) };
};

/** The body of an answer, with its errors masked. */
export const bodyOf = (result: ExecutionResult, mask: MaskError): string => {
  if (result.errors === undefined) return JSON.stringify(result);
  return JSON.stringify({ ...result, errors: result.errors.map((error) => shown(mask(error))) });
};

interface Answer {
  readonly status: number;
  readonly mediaType: MediaType;
  readonly body: string;
}

export const send = (response: ServerResponse, { status, mediaType, body }: Answer): void => {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': `${mediaType}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
};
