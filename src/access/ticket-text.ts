import type { Admission } from './admission.ts';
import { type Scope, type Viewer } from './viewer.ts';

type KeptViewer = Viewer extends infer V
  ? V extends { readonly scopes: ReadonlySet<Scope> }
    ? Omit<V, 'scopes'> & { readonly scopes: readonly Scope[] }
    : V
  : never;

type Kept = Omit<Admission, 'viewer'> & { readonly viewer: KeptViewer };

const keptOf = (viewer: Viewer): KeptViewer =>
  'scopes' in viewer ? { ...viewer, scopes: [...viewer.scopes] } : viewer;

const viewerOf = (kept: KeptViewer): Viewer => ('scopes' in kept ? { ...kept, scopes: new Set(kept.scopes) } : kept);

/** What Redis keeps of whom a ticket is for. */
export const onTicket = ({ viewer, ...rest }: Admission): string =>
  JSON.stringify({ ...rest, viewer: keptOf(viewer) } satisfies Kept);

/** Of {@link onTicket}. */
export const fromTicket = (text: string): Admission => {
  const { viewer, ...rest } = JSON.parse(text) as Kept;
  return { ...rest, viewer: viewerOf(viewer) };
};
