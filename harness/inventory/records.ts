/** What a caller asks to be changed. */
export interface Change {
  readonly productId: string;
  readonly direction: 'reduce' | 'increase';
  readonly quantity: number;
  /** Null: whoever repeats the call changes the stock again. */
  readonly key: string | null;
}

/** How a change ended, with what is available from then on. */
export type Ending =
  | { readonly type: 'Changed'; readonly available: number }
  | { readonly type: 'Short'; readonly available: number }
  | { readonly type: 'Unknown' };

/** A line of the log. The stock, and every answer that was given under a key, are what all lines add up to. */
export type Entry =
  | { readonly type: 'Stocked'; readonly atMs: number; readonly productId: string; readonly delta: number }
  | { readonly type: 'Answered'; readonly atMs: number; readonly change: Change; readonly ending: Ending }
  /** The same change under the same key again: it was answered as before, and nothing changed. */
  | { readonly type: 'Repeated'; readonly atMs: number; readonly key: string }
  /** Another change under a key that is taken. */
  | { readonly type: 'Misused'; readonly atMs: number; readonly change: Change }
  | { readonly type: 'Troubled'; readonly atMs: number; readonly kind: string; readonly key: string | null };
