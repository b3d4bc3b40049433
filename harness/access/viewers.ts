import type { Scope } from '../../src/access/index.ts';

/** Whose a thing is that somebody asks for. */
export type OwnerName = 'the customer' | 'the visitor' | 'nobody';

/** Everybody who may come, as the table names them: owners, others like them, and who has or lacks the scope in question. */
export const VIEWERS = [
  'nobody',
  'the visitor',
  'another visitor',
  'the customer',
  'another customer',
  'service with it',
  'service without',
  'operator with it',
  'operator without',
] as const;

export type ViewerName = (typeof VIEWERS)[number];

const WITH_SCOPE: readonly ViewerName[] = ['service with it', 'operator with it'];
const OWNING: readonly ViewerName[] = ['the visitor', 'another visitor', 'the customer', 'another customer'];

/** Whether the viewer has the scope of the operation; where none is needed, none has any. */
export const hasScope = (viewer: ViewerName, scope: Scope | null): boolean =>
  scope !== null && WITH_SCOPE.includes(viewer);

/** Whether carts and orders can be the viewer's own. */
export const canOwn = (viewer: ViewerName): boolean => OWNING.includes(viewer);

export const isCustomer = (viewer: ViewerName): boolean => viewer === 'the customer' || viewer === 'another customer';
