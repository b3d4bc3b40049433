// A plugin of GraphQL Code Generator for panier's pages. A page carries of each operation its hash and its name alone, for the
// gateway knows the texts: so it is smaller, and can ask for nothing that was not written down here.
import { createHash } from 'node:crypto';
import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, print, visit } from 'graphql';

interface Operation {
  readonly name: string;
  readonly kind: 'Query' | 'Mutation' | 'Subscription';
  readonly text: string;
  readonly hash: string;
}

const KINDS = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** With the fragments that it needs, each once, by name. */
const fragmentsOf = (node: OperationDefinitionNode, fragments: Fragments): readonly FragmentDefinitionNode[] => {
  const found = new Map<string, FragmentDefinitionNode>();
  const walk = (each: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(each, {
      FragmentSpread: ({ name: { value } }) => {
        const fragment = fragments.get(value);
        if (fragment === undefined) throw new Error(`There is no fragment ${value}.`);
        if (found.has(value)) return;
        found.set(value, fragment);
        walk(fragment);
      },
    });
  };
  walk(node);
  return [...found.values()].toSorted((one, other) => one.name.value.localeCompare(other.name.value, 'en'));
};

const operationOf = (node: OperationDefinitionNode, fragments: Fragments): Operation => {
  const { name } = node;
  if (name === undefined) throw new Error('Every operation of a page needs a name.');
  const text = [node, ...fragmentsOf(node, fragments)].map((each) => print(each)).join('\n');
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return { name: name.value, kind: KINDS[node.operation], text, hash };
};

const declared = ({ name, kind, hash }: Operation): string =>
  `export const ${name} = /* @__PURE__ */ asked<${name}${kind}, ${name}${kind}Variables>('${hash}');`;

const IMPORT = "import { asked } from '../client/asked.ts';";

/** For a file of TypeScript, what the pages ask with; for one of JSON, what the gateway has to know. */
export const plugin: PluginFunction = (...[, documents, , info]) => {
  const nodes = documents.flatMap(({ document }) => document?.definitions ?? []);
  const fragments = new Map(
    nodes.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]),
  );
  const operations = nodes
    .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
    .map((node) => operationOf(node, fragments));
  if (info?.outputFile?.endsWith('.json') === true)
    return JSON.stringify(Object.fromEntries(operations.map(({ hash, text }) => [hash, text])), null, 2);
  return { prepend: [IMPORT], content: operations.map(declared).join('\n') };
};
