import type { ObjectRef } from '@pothos/core';
import type { Page } from '../../read/index.ts';
import { builder, type ObjectFields, type SchemaTypes } from '../builder.ts';

type Edge<T> = Page<T>['edges'][number];

const PageInfo = builder.objectRef<Page<unknown>>('PageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether the list goes on after this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      description: 'Whether there is something before this page.',
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first edge; null when the page is empty.',
      resolve: ({ edges }) => edges.at(0)?.cursor,
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last edge; null when the page is empty.',
      resolve: ({ edges }) => edges.at(-1)?.cursor,
    }),
  }),
});

type NodeField = ReturnType<ObjectFields<object>['field']>;

/** `<Name>Edge`: an item of a list and where it stands. `item` is its field `node`, where its type is known. */
export const edgeOf = <T extends object>(
  node: ObjectRef<SchemaTypes, T>,
  item: (t: ObjectFields<Edge<T>>) => NodeField,
) =>
  builder.objectRef<Edge<T>>(`${node.name}Edge`).implement({
    description: `A ${node.name} and where it stands in its list.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Opaque; for `after` and `before`.' }),
      node: item(t),
    }),
  });

/** `<Name>Connection`: one page of a list. Source: relay.dev/graphql/connections.htm. */
export const connectionOf = <T extends object>(
  node: ObjectRef<SchemaTypes, T>,
  edge: ObjectRef<SchemaTypes, Edge<T>>,
) =>
  builder.objectRef<Page<T>>(`${node.name}Connection`).implement({
    description: `One page of a list of ${node.name}s.`,
    fields: (t) => ({
      edges: t.field({ type: [edge], description: 'In the order of the list.', resolve: ({ edges }) => [...edges] }),
      pageInfo: t.field({ type: PageInfo, description: 'Where the page stands in the list.', resolve: (page) => page }),
    }),
  });
