/** What became of one run against one mutant. `of` tells which run that was. */
export type Trial =
  | { readonly type: 'Caught'; readonly of: string; readonly violation: string }
  | { readonly type: 'Held'; readonly of: string }
  /** It ran and proves nothing, or it did not run: neither catches a mutant nor clears it. */
  | { readonly type: 'Void'; readonly of: string; readonly why: string }
  | { readonly type: 'Skipped' };
