import { type DocumentNode, getOperationAST, Kind, OperationTypeNode, visit } from 'graphql';
import type { GatewayContext } from './context.ts';

const CONSISTENCY = 'consistentWith';

/** The variables by which a document is told how new its answers have to be; null: it says so itself. */
type HowNew = readonly string[] | null;

const known = new WeakMap<DocumentNode, HowNew>();

const howNewOf = (document: DocumentNode): HowNew => {
  const variables: string[] = [];
  const defaulted: string[] = [];
  let saysSo = false;
  visit(document, {
    Argument: ({ name, value }) => {
      if (name.value !== CONSISTENCY) return;
      if (value.kind === Kind.VARIABLE) variables.push(value.name.value);
      else saysSo ||= value.kind !== Kind.NULL;
    },
    VariableDefinition: ({ variable, defaultValue }) => {
      if (defaultValue !== undefined) defaulted.push(variable.name.value);
    },
  });
  return saysSo || variables.some((name) => defaulted.includes(name)) ? null : variables;
};

const asksHowNew = ({ document, variableValues }: Asked): boolean => {
  let howNew = known.get(document);
  if (howNew === undefined) known.set(document, (howNew = howNewOf(document)));
  const given = (variableValues ?? {}) as Readonly<Record<string, unknown>>;
  return howNew === null || howNew.some((name) => given[name] !== null && given[name] !== undefined);
};

interface Asked {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  /** As they were sent, or as they were read. */
  readonly variableValues?: unknown;
}

/**
 * Leads a query to a copy, before it runs. Not one that says how new its answer has to be, nor one of a viewer who has just
 * written: only where everything is written is nothing older.
 */
export const readFromCopy = (context: GatewayContext, asked: Asked): void => {
  const { document, operationName } = asked;
  const { nextCopy, ownWrites, viewer } = context;
  if (nextCopy === null || getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return;
  if (asksHowNew(asked) || ownWrites.areOf(viewer)) return;
  const reading = nextCopy();
  if (reading !== null) Object.assign(context, reading);
};
