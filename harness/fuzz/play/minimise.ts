import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from 'graphql';
import type { Operation } from '../operation/operation.ts';
import { type Field, list, object, text, type Value } from '../value.ts';

/** Whether it still fails in the same way. */
export type Fails = (operation: Operation) => Promise<boolean>;

const MAX_TRIES = 120;
const MAX_PASSES = 3;

const REMOVABLE: ReadonlySet<string> = new Set([
  Kind.FRAGMENT_DEFINITION,
  Kind.FIELD,
  Kind.INLINE_FRAGMENT,
  Kind.FRAGMENT_SPREAD,
  Kind.ARGUMENT,
  Kind.DIRECTIVE,
  Kind.VARIABLE_DEFINITION,
  Kind.OBJECT_FIELD,
]);

const isRemovable = (node: ASTNode): boolean => REMOVABLE.has(node.kind);

const count = (document: DocumentNode): number => {
  let removable = 0;
  visit(document, { enter: (node) => void (removable += isRemovable(node) ? 1 : 0) });
  return removable;
};

const without = (document: DocumentNode, index: number): DocumentNode => {
  let at = -1;
  return visit(document, {
    enter: (node) => {
      if (!isRemovable(node)) return undefined;
      at += 1;
      return at === index ? null : undefined;
    },
  });
};

const LONG = 40;

/** The document with its long strings cut in half: one half, or the other. */
const withShortStrings = (document: DocumentNode, half: (value: string) => string): DocumentNode =>
  visit(document, {
    StringValue: (node) => (node.value.length < LONG ? undefined : { ...node, value: half(node.value) }),
  });

const HALVES: readonly ((value: string) => string)[] = [
  (value) => value.slice(0, value.length / 2),
  (value) => value.slice(value.length / 2),
];

const reparsed = (document: DocumentNode): Pick<Operation, 'text' | 'document'> | null => {
  try {
    const printed = print(document);
    return { text: printed, document: parse(printed) };
  } catch {
    return null;
  }
};

/** Smaller documents: one node less each. */
function* smallerDocuments(operation: Operation): Generator<Operation> {
  const { document } = operation;
  if (document === null) return;
  for (let index = 0; index < count(document); index += 1) {
    const fewer = reparsed(without(document, index));
    if (fewer !== null) yield { ...operation, ...fewer };
  }
  for (const half of HALVES) {
    const shorter = reparsed(withShortStrings(document, half));
    if (shorter !== null && shorter.text !== operation.text) yield { ...operation, ...shorter };
  }
}

const withoutEach = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.map((_item, index) => items.toSpliced(index, 1));

const smallerInside = (fields: readonly Field[]): readonly (readonly Field[])[] =>
  fields.flatMap(([name, value], index) =>
    smallerValues(value).map((less): readonly Field[] => fields.toSpliced(index, 1, [name, less])),
  );

/** Values that are smaller by one thing, or by half. */
const smallerValues = (value: Value): readonly Value[] => {
  if (value.type === 'Object') return [...withoutEach(value.fields), ...smallerInside(value.fields)].map(object);
  if (value.type === 'List' && value.items.length > 20) return [list(value.items.slice(0, value.items.length / 2))];
  if (value.type === 'List') return withoutEach(value.items).map(list);
  if (value.type !== 'String' || value.value.length < 2) return [];
  const half = Math.floor(value.value.length / 2);
  return value.value.length < 30 ? [] : [text(value.value.slice(0, half)), text(value.value.slice(half))];
};

function* smaller(operation: Operation): Generator<Operation> {
  yield* smallerDocuments(operation);
  const { variables } = operation;
  for (const fewer of [...withoutEach(variables), ...smallerInside(variables)])
    yield { ...operation, variables: fewer };
  if (operation.operationName !== null) yield { ...operation, operationName: null };
  if (operation.lane !== 'post' && operation.type !== 'subscription') yield { ...operation, lane: 'post' };
}

const firstThatFails = async (
  operation: Operation,
  fails: Fails,
  budget: { left: number },
): Promise<Operation | null> => {
  for (const candidate of smaller(operation)) {
    if (budget.left <= 0) return null;
    budget.left -= 1;
    if (await fails(candidate)) return candidate;
  }
  return null;
};

/** The operation without whatever it can do without and still fail. One that does not fail again stays as it is. */
export const minimise = async (operation: Operation, fails: Fails): Promise<Operation> => {
  if (!(await fails(operation))) return operation;
  const budget = { left: MAX_TRIES * MAX_PASSES };
  let smallest = operation;
  for (;;) {
    const next = await firstThatFails(smallest, fails, budget);
    if (next === null) return smallest;
    smallest = next;
  }
};
