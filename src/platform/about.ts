import { AsyncLocalStorage } from 'node:async_hooks';
import { currentTraceparent } from './spans.ts';

/** What the work under way is about, by which its lines are found: ids, and nothing that somebody wrote. */
export interface Facts {
  /** Of the W3C trace context that came with it. */
  readonly traceId?: string | undefined;
  /** As events have it: of a saga, its order. */
  readonly correlationId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly cartId?: string | undefined;
  readonly eventId?: string | undefined;
  readonly eventType?: string | undefined;
  /** The kind of a task of the write side's. */
  readonly task?: string | undefined;
}

/** Null: of several. */
type Noted = { -readonly [Name in keyof Facts]?: string | null | undefined };

const abouts = new AsyncLocalStorage<Noted>();

/** Does the work; whatever is logged in it says what it is about. */
export const about = <T>(facts: Facts, work: () => T): T => abouts.run({ ...abouts.getStore(), ...facts }, work);

/** Adds to what the work under way is about. Of two different values of one name neither is logged: either would mislead. */
export const noteAbout = (facts: Facts): void => {
  const noted = abouts.getStore();
  if (noted === undefined) return;
  for (const name of Object.keys(facts) as (keyof Facts)[]) {
    const isOther = noted[name] !== undefined && noted[name] !== facts[name];
    noted[name] = isOther ? null : facts[name];
  }
};

/** What the caller's work is about, as far as it is known, and the trace that it is a part of. A copy. */
export const currentFacts = (): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  const traceId = traceIdIn(currentTraceparent());
  if (traceId !== undefined) found['traceId'] = traceId;
  for (const [name, value] of Object.entries(abouts.getStore() ?? {}))
    if (typeof value === 'string') found[name] = value;
  return found;
};

const TRACE_ID = /^[\da-f]{2}-([\da-f]{32})-/;

/** The trace id in what may be a W3C trace context. */
export const traceIdIn = (traceparent: unknown): string | undefined =>
  typeof traceparent === 'string' ? TRACE_ID.exec(traceparent)?.[1] : undefined;
