import type { Reach } from '../events/index.ts';
import { mayDo, type Viewer } from './viewer.ts';

const reachOf = (viewer: Viewer, scope: 'orders:read' | 'orders:write'): Reach => {
  if (viewer.kind === 'Customer' || viewer.kind === 'Visitor') return viewer;
  return mayDo(viewer, scope) ? 'Everything' : 'Nothing';
};

/** Which carts and orders the viewer may look at. */
export const readReachOf = (viewer: Viewer): Reach => reachOf(viewer, 'orders:read');

/** Which carts and orders the viewer may change. */
export const writeReachOf = (viewer: Viewer): Reach => reachOf(viewer, 'orders:write');
