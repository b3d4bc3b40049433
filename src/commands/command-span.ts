import { beginPlaced, beginSpan, type Span, type SpanStart } from '../platform/index.ts';
import type { CommandName } from './catalogue.ts';
import type { CommandContext } from './context.ts';

/** Commands on an order that there is: they are a part of its trace, wherever they come from. */
const ON_AN_ORDER: readonly CommandName[] = ['payOrder', 'cancelOrder'];

/** A command as it is traced, and the context to be carried out in. */
export interface TracedCommand {
  readonly span: Span | undefined;
  readonly context: CommandContext;
}

/** Begins the span of a command; without one, the context stays as it is. */
export const beginCommand = (name: CommandName, context: CommandContext): TracedCommand => {
  const { traceparent } = context;
  const start = (): SpanStart => ({ name: `command ${name}`, attributes: { 'panier.command': name } });
  if (ON_AN_ORDER.includes(name)) return { span: beginPlaced(traceparent, start), context };
  const span = beginSpan(traceparent, start);
  return { span, context: span === undefined ? context : { ...context, traceparent: span.traceparent } };
};
