import type { SubscribePayload } from 'graphql-ws';

/** What a subscription's update says of where it stands. */
const cursorIn = (data: unknown): string | null => {
  if (typeof data !== 'object' || data === null) return null;
  const [update] = Object.values(data) as readonly unknown[];
  if (typeof update !== 'object' || update === null || !('cursor' in update)) return null;
  return typeof update.cursor === 'string' ? update.cursor : null;
};

interface Resuming {
  /** What to subscribe with, now and at each reconnection. */
  readonly payload: SubscribePayload;
  /** Told of each update. */
  readonly note: (data: unknown) => void;
}

/**
 * graphql-ws sends its payload again when it connects again. Of a subscription that was given a variable `after`, be it null, that
 * variable is kept at the cursor of the last update that came: so nothing is missed over a cut, and nothing comes twice.
 */
export const resuming = (request: { readonly variables?: unknown }): Resuming => {
  const variables = { ...(request.variables as Record<string, unknown> | undefined) };
  // By its hash, which the types of graphql-ws do not know.
  const payload = { ...request, query: '', variables } as SubscribePayload;
  const note = (data: unknown): void => {
    if (!('after' in variables)) return;
    variables['after'] = cursorIn(data) ?? variables['after'];
  };
  return { payload, note };
};
