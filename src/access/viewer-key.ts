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

/**
 * Whose keys of commands are meant, where the viewer's reach is not one owner's; null for all others. Two services with one
 * subject are one; a service and an operator are not.
 */
export const subjectOf = (viewer: Viewer): string | null =>
  'subject' in viewer ? `${viewer.kind} ${viewer.subject}` : null;
