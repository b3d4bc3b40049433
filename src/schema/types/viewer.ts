import type { Viewer as Viewing } from '../../access/index.ts';
import { assertNever } from '../../platform/index.ts';
import { builder } from '../builder.ts';

const ViewerKind = builder.enumType('ViewerKind', {
  description: 'What somebody who asks is.',
  values: {
    NOBODY: { description: 'Showed no token.' },
    VISITOR: { description: 'Has a token of startVisit.' },
    CUSTOMER: { description: 'A customer of the shop, signed in.' },
    SERVICE: { description: 'Another service.' },
    OPERATOR: { description: 'Who looks after the shop.' },
  } as const,
});

const KINDS = {
  Nobody: 'NOBODY',
  Visitor: 'VISITOR',
  Customer: 'CUSTOMER',
  Service: 'SERVICE',
  Operator: 'OPERATOR',
} as const satisfies Record<Viewing['kind'], string>;

const idOf = (viewer: Viewing): string | null => {
  switch (viewer.kind) {
    case 'Nobody':
      return null;
    case 'Visitor':
      return viewer.visitorId;
    case 'Customer':
      return viewer.customerId;
    case 'Service':
    case 'Operator':
      return viewer.subject;
  }
  return assertNever(viewer);
};

/** Who asks, and until when they may. */
export interface ViewerNow {
  readonly viewer: Viewing;
  /** Milliseconds since the epoch; null: for ever. */
  readonly expiresAtMs: number | null;
}

export const Viewer = builder.objectRef<ViewerNow>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    kind: t.field({ type: ViewerKind, description: 'What they are.', resolve: ({ viewer }) => KINDS[viewer.kind] }),
    id: t.id({
      nullable: true,
      description: "The visitor's or the customer's id, the service's or the operator's name; null for nobody.",
      resolve: ({ viewer }) => idOf(viewer),
    }),
    scopes: t.stringList({
      description: 'What a service or an operator may do beyond what anybody may; empty for all others.',
      resolve: ({ viewer }) => ('scopes' in viewer ? [...viewer.scopes] : []),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the token that was shown is over; null: never, or there was none.',
      resolve: ({ expiresAtMs }) => (expiresAtMs === null ? null : new Date(expiresAtMs).toISOString()),
    }),
  }),
});
