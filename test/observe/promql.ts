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

const enclosing = (node: SyntaxNode, name: string): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let each = node.parent; each !== null; each = each.parent) if (each.name === name) found.push(each);
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
    const summedBy = enclosing(node, 'AggregateExpr').flatMap((each) => each.getChildren('AggregateModifier'));
    return {
      text: textOf(node),
      metric: textOf(node.getChild('Identifier') ?? node),
      labels: [node, ...summedBy].flatMap((each) => within(each, 'LabelName').map(textOf)),
    };
  });
};
