/** What a service or an operator may do beyond what anybody may; the words stand in tokens. */
export const SCOPES = [
  'orders:read',
  'orders:write',
  'stock:write',
  'catalogue:write',
  'events:read',
  'repair',
  'webhooks:write',
] as const;

export type Scope = (typeof SCOPES)[number];

/**
 * Who asks. A visitor and a customer may do anything with what is theirs, and nothing with anything else; a service and
 * an operator what their scopes say, whosever it is; nobody may look at the shelf.
 */
export type Viewer =
  | { readonly kind: 'Nobody' }
  | { readonly kind: 'Visitor'; readonly visitorId: string }
  | { readonly kind: 'Customer'; readonly customerId: string }
  | { readonly kind: 'Service'; readonly subject: string; readonly scopes: ReadonlySet<Scope> }
  | { readonly kind: 'Operator'; readonly subject: string; readonly scopes: ReadonlySet<Scope> };

export const NOBODY: Viewer = { kind: 'Nobody' };

export const mayDo = (viewer: Viewer, scope: Scope): boolean => 'scopes' in viewer && viewer.scopes.has(scope);
