import { assertNever } from '../platform/index.ts';
import type { Viewer } from './viewer.ts';

/** By what a viewer is counted; null for nobody, who has no name. */
export const viewerKey = (viewer: Viewer): string | null => {
  switch (viewer.kind) {
    case 'Nobody':
      return null;
    case 'Visitor':
      return `visitor:${viewer.visitorId}`;
    case 'Customer':
      return `customer:${viewer.customerId}`;
    case 'Service':
      return `service:${viewer.subject}`;
    case 'Operator':
      return `operator:${viewer.subject}`;
  }
  return assertNever(viewer);
};
