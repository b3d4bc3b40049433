import type { SharedEntries } from '../bus/index.ts';
import type { Door } from './door.ts';
import type { Hints } from './hints.ts';
import type { Modules } from './modules.ts';
import type { Parts } from './parts.ts';
import type { Seen } from './seen.ts';

/** What a role starts with; it hands all that it started to the stack. */
export interface Start extends Parts {
  readonly modules: Modules;
  readonly started: AsyncDisposableStack;
  readonly hints: Hints;
  readonly entries: SharedEntries;
  readonly seen: Seen;
  readonly door: () => Promise<Door>;
}
