import { ANYBODY } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { Viewer } from '../types/viewer.ts';

export const viewer = (t: QueryFields) =>
  t.field({
    type: Viewer,
    access: ANYBODY,
    description: 'Who asks, as their token says it, so that a page knows what to offer.',
    resolve: (_root, _args, context) => ({ viewer: context.viewer, expiresAtMs: context.admission.expiresAtMs }),
  });
