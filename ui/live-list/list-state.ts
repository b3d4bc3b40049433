/** A thing of a list, and where the list goes on behind it. */
export interface Edge<Row> {
  readonly cursor: string;
  readonly node: Row;
}

/** A page of a connection of the API. */
export interface ListPage<Row> {
  readonly edges: readonly Edge<Row>[];
  readonly hasMore: boolean;
}

interface Identified {
  readonly id: string;
}

/** Which of two stands first; below 0: the first one. */
export type Compare<Row> = (one: Row, other: Row) => number;

const idsOf = <Row extends Identified>(edges: readonly Edge<Row>[]): ReadonlySet<string> =>
  new Set(edges.map(({ node }) => node.id));

/** Those of the page that are not in the list yet. */
export const newIn = <Row extends Identified>(list: ListPage<Row>, head: ListPage<Row>): readonly Edge<Row>[] => {
  const known = idsOf(list.edges);
  return head.edges.filter(({ node }) => !known.has(node.id));
};

/** With the list's first page as it is now. Where there may be others between the two, the list begins anew. */
export const withHead = <Row extends Identified>(
  list: ListPage<Row>,
  head: ListPage<Row>,
  compare: Compare<Row>,
): ListPage<Row> => {
  const touches = !head.hasMore || newIn(list, head).length < head.edges.length;
  if (list.edges.length === 0 || !touches) return head;
  const ids = idsOf(head.edges);
  const edges = [...head.edges, ...list.edges.filter(({ node }) => !ids.has(node.id))];
  // The first page may by now be all of the list, and more.
  const hasMore = head.edges.length < edges.length ? list.hasMore : head.hasMore;
  return { edges: edges.toSorted((one, other) => compare(one.node, other.node)), hasMore };
};

/** With the page behind its end. */
export const withMore = <Row extends Identified>(list: ListPage<Row>, more: ListPage<Row>): ListPage<Row> => ({
  edges: [...list.edges, ...newIn(list, more)],
  hasMore: more.hasMore,
});

/** With things as they are now, each where it stood. */
export const withRows = <Row extends Identified>(list: ListPage<Row>, rows: readonly Row[]): ListPage<Row> => {
  const now = new Map(rows.map((row) => [row.id, row]));
  const edges = list.edges.map((edge) => {
    const node = now.get(edge.node.id);
    return node === undefined ? edge : { ...edge, node };
  });
  return { ...list, edges };
};

/** No longer than that: what came in at the top would pile up for as long as the page is open. */
export const cutTo = <Row>(list: ListPage<Row>, length: number): ListPage<Row> =>
  list.edges.length <= length ? list : { edges: list.edges.slice(0, length), hasMore: true };
