/** Every `extensions.code` that docs/api.md promises. Another one is a finding: either it is a mistake, or nobody was told of it. */
export const DOCUMENTED_CODES: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CONFLICT',
  'DOCUMENT_NOT_TRUSTED',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'PAGE_TOO_LARGE',
  'PERSISTED_QUERY_NOT_FOUND',
  'RATE_LIMITED',
  'READ_TIMEOUT',
  'REQUEST_ENTITY_TOO_LARGE',
  'TOO_COSTLY',
  'TOO_DEEP',
  'TOO_MANY_ALIASES',
  'TOO_MANY_CONNECTIONS',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_OPERATIONS',
  'TOO_MANY_ROOT_FIELDS',
  'TOO_MANY_TOKENS',
  'UNAUTHENTICATED',
  'UNAVAILABLE',
  'UNKNOWN_HOST',
  'UNSUPPORTED_MEDIA_TYPE',
  'VARIABLES_TOO_DEEP',
  'VARIABLES_TOO_LARGE',
]);

/** By them a document is refused before anything of it runs. */
export const REFUSED_DOCUMENT: ReadonlySet<string> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED']);

/** They say that more was asked for than anybody would: few operations do. */
export const BEYOND_LIMITS: ReadonlySet<string> = new Set([
  'TOO_COSTLY',
  'TOO_DEEP',
  'TOO_MANY_ALIASES',
  'TOO_MANY_DIRECTIVES',
  'TOO_MANY_ROOT_FIELDS',
  'TOO_MANY_TOKENS',
  'VARIABLES_TOO_DEEP',
  'VARIABLES_TOO_LARGE',
]);

/** They say that something is away, not that anything is wrong: they are counted, and few. */
export const PASSING: ReadonlySet<string> = new Set(['CONFLICT', 'UNAVAILABLE']);
