import type { GraphQLField, GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import type { Scope, Viewer } from '../access/index.ts';
import { SIGNALS } from '../platform/index.ts';
import { accessOf } from './access.ts';

/** What is done to panier itself, and stands in no event of its own. */
const ACTS: readonly Scope[] = ['repair', 'webhooks:write'];

const LONGEST_ID = 200;

interface Acting {
  readonly viewer: Viewer;
}

type Asked = Readonly<Record<string, unknown>>;
type Resolver = GraphQLFieldResolver<unknown, Acting, Asked>;

/** The id of what is acted on: mutations have it in their input, or as their one argument. */
const objectOf = ({ sub, input }: Asked): string | null => {
  const id = sub ?? (input as Asked | undefined)?.['id'];
  return typeof id === 'string' ? id.slice(0, LONGEST_ID) : null;
};

const outcomeOf = (answer: unknown): string => {
  const isRefusal = typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer;
  return isRefusal ? String(answer.code) : 'done';
};

const told =
  (act: string, resolve: Resolver): Resolver =>
  async (...asked) => {
    const answer: unknown = await resolve(...asked);
    const [, args, { viewer }] = asked;
    const by = 'subject' in viewer ? viewer.subject : viewer.kind;
    SIGNALS.operatorActed.tell({ act, by, on: objectOf(args), outcome: outcomeOf(answer) });
    return answer;
  };

const isAct = (field: GraphQLField<unknown, Acting>): boolean => {
  const access = accessOf(field);
  return access.of === 'Holders' && ACTS.includes(access.scope);
};

/** The schema, which tells of each thing that an operator did to panier itself, and of what was refused to them. */
export const tellingActs = (schema: GraphQLSchema): GraphQLSchema => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (resolve !== undefined && isAct(field)) field.resolve = told(field.name, resolve);
  }
  return schema;
};
