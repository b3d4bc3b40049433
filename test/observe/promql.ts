import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** Series that an expression asks for. */
export interface Selector {
  /** As it stands there: `up{job="panier"}`. */
  readonly text: string;
  readonly metric: string;
  /** By which it chooses among them, and by which they are summed. */
  readonly labels: readonly string[];
}

const within = (node: SyntaxNode, name: string): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((each) => {
    if (each.name === name) found.push(each.node);
  });
  return found;
};

/** What stands behind `and` or `unless` chooses among series, and gives none of its labels. */
const onlyChooses = ({ parent, to }: SyntaxNode): boolean =>
  parent?.name === 'BinaryExpr' && ['And', 'Unless'].some((name) => parent.getChild(name) !== null) && to === parent.to;

/** The aggregations that have the labels of this. */
const summing = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let each = node; each.parent !== null && !onlyChooses(each); each = each.parent)
    if (each.parent.name === 'AggregateExpr') found.push(each.parent);
  return found;
};

/** What Grafana puts in for itself. */
const withoutVariables = (expr: string): string => expr.replaceAll('$__rate_interval', '1m');

/** All selectors of an expression. @throws when it is no PromQL */
export const selectorsOf = (given: string): readonly Selector[] => {
  const expr = withoutVariables(given);
  const { topNode } = parser.parse(expr);
  const textOf = ({ from, to }: SyntaxNode): string => expr.slice(from, to);
  if (within(topNode, '⚠').length > 0) throw new Error(`No PromQL: ${given}`);
  return within(topNode, 'VectorSelector').map((node) => {
    const summedBy = summing(node).flatMap((each) => each.getChildren('AggregateModifier'));
    return {
      text: textOf(node),
      metric: textOf(node.getChild('Identifier') ?? node),
      labels: [node, ...summedBy].flatMap((each) => within(each, 'LabelName').map(textOf)),
    };
  });
};
