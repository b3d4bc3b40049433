import type { Gate, PageSignIn } from '../../access/index.ts';

/** Who decides who asks. */
export interface Entrance {
  readonly gate: Gate;
  /** Null: pages sign nobody in. */
  readonly page: PageSignIn | null;
}
