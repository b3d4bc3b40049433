import { GraphQLError } from 'graphql';
import type { Limits } from '../../platform/index.ts';

type Bounds = Pick<Limits, 'variablesSize' | 'variablesDepth'>;

const refusal = (code: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { spec: true, status: 400 } } });

const tooLarge = (limit: number): GraphQLError =>
  refusal(
    'VARIABLES_TOO_LARGE',
    `The variables have more than ${limit} characters and values together: send several requests.`,
  );

const tooDeep = (limit: number): GraphQLError =>
  refusal('VARIABLES_TOO_DEEP', `The variables nest more than ${limit} levels deep: send them as the schema says.`);

/** A value of JSON, and how many lists and objects it stands in. */
type Place = readonly [value: unknown, depth: number];

const membersOf = (value: object): readonly unknown[] =>
  Array.isArray(value) ? value : Object.entries(value as Readonly<Record<string, unknown>>).flat();

/** Each value counts, and each character of texts and of names. Without recursion, and no further than the limit. */
export const variablesExcess = (variables: unknown, { variablesSize, variablesDepth }: Bounds): GraphQLError | null => {
  if (variables === null || typeof variables !== 'object') return null;
  let size = 0;
  const places: Place[] = [[variables, 1]];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const [value, depth] = place;
    size += typeof value === 'string' ? 1 + value.length : 1;
    if (size > variablesSize) return tooLarge(variablesSize);
    if (value === null || typeof value !== 'object') continue;
    if (depth > variablesDepth) return tooDeep(variablesDepth);
    for (const member of membersOf(value)) places.push([member, depth + 1]);
  }
  return null;
};
