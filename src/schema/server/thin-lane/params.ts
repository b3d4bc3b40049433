/** A request's parameters, checked. Source: graphql.github.io/graphql-over-http. */
export interface Params {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

const NAME = /^\w+$/;
const KNOWN = new Set(['query', 'operationName', 'variables', 'extensions']);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isObjectOrAbsent = (value: unknown): boolean => value === undefined || value === null || isObject(value);

const isName = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && NAME.test(value));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The parameters in a body of JSON, or null when something about them is to be complained of. */
export const paramsOf = (body: string): Params | null => {
  const given = parseJson(body);
  if (!isObject(given)) return null;
  for (const name in given) if (!KNOWN.has(name)) return null;
  const { query, operationName, variables, extensions } = given;
  if (typeof query !== 'string' || !isName(operationName)) return null;
  if (!isObjectOrAbsent(variables) || !isObjectOrAbsent(extensions)) return null;
  return {
    query,
    operationName: (operationName ?? undefined) as string | undefined,
    variables: (variables ?? undefined) as Params['variables'],
  };
};
