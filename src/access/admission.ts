import type { Viewer } from './viewer.ts';
import { NOBODY } from './viewer.ts';

/** Who was let in, and for how long. */
export interface Admission {
  readonly viewer: Viewer;
  /** Milliseconds since the epoch, as the token says it; null: never. */
  readonly expiresAtMs: number | null;
  /** Whom its tokens may be revoked of; null: nobody. */
  readonly subject: string | null;
  readonly issuedAtSeconds: number | null;
  /** Of who came by a ticket: what the ids of its event stream end with, and what takes that stream up again. */
  readonly mark?: string;
}

/** Without any credentials. */
export const ADMITTED_AS_NOBODY: Admission = {
  viewer: NOBODY,
  expiresAtMs: null,
  subject: null,
  issuedAtSeconds: null,
};
