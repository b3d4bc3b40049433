import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Admission } from './admission.ts';
import type { Scope, Viewer } from './viewer.ts';
import type { SigningKey } from './visit-keys.ts';

type KeptViewer = Viewer extends infer V
  ? V extends { readonly scopes: ReadonlySet<Scope> }
    ? Omit<V, 'scopes'> & { readonly scopes: readonly Scope[] }
    : V
  : never;

type Kept = Omit<Admission, 'viewer'> & { readonly viewer: KeptViewer };

const keptOf = (viewer: Viewer): KeptViewer =>
  'scopes' in viewer ? { ...viewer, scopes: [...viewer.scopes] } : viewer;

const viewerOf = (kept: KeptViewer): Viewer => ('scopes' in kept ? { ...kept, scopes: new Set(kept.scopes) } : kept);

/** No token is signed over a text with a colon in it. */
const signatureOf = (key: KeyObject, place: string, text: string): string =>
  createHmac('sha256', key).update(`${place} ${text}`).digest('base64url');

/** By their bytes: a text of as many characters may have more of them, and to compare those throws. */
const isSame = (shown: string, signature: string): boolean => {
  const [one, other] = [Buffer.from(shown), Buffer.from(signature)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** What is kept in this place of whom a ticket is for: signed, so that whoever may write there lets nobody in. */
export const onTicket = ({ viewer, ...rest }: Admission, place: string, { kid, key }: SigningKey): string => {
  const text = JSON.stringify({ ...rest, viewer: keptOf(viewer) } satisfies Kept);
  return `${kid} ${signatureOf(key, place, text)} ${text}`;
};

const KEPT = /^(\S+) (\S+) (.+)$/s;

/** Of {@link onTicket}, in the same place; null when nobody of panier's has signed it. */
export const fromTicket = (kept: string, place: string, keyOf: (kid: string) => KeyObject | null): Admission | null => {
  const [, kid = '', signature = '', text = ''] = KEPT.exec(kept) ?? [];
  const key = keyOf(kid);
  if (key === null || !isSame(signature, signatureOf(key, place, text))) return null;
  const { viewer, ...rest } = JSON.parse(text) as Kept;
  return { ...rest, viewer: viewerOf(viewer) };
};
