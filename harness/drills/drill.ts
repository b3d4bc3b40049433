import type { Random } from '../support/random.ts';
import type { ClientFigures } from './clients/index.ts';
import type { Crew } from './panier/index.ts';

/** One of an operator's procedures, carried out on real processes while customers buy. */
export interface Drill {
  readonly name: string;
  readonly title: string;
  /** Its heading in docs/operations.md, as a link would name it. */
  readonly procedure: string;
  /** @throws when a step cannot be carried out, or a promise breaks that no figure tells */
  readonly run: (context: DrillContext) => Promise<DrillReport>;
}

export interface DrillContext {
  /** A place of the drill's own; gone when it ends, unless it is to be kept. */
  readonly directory: string;
  /** The checkout of panier that is tried. */
  readonly project: string;
  readonly random: Random;
  /** Whether as little load and waiting as shows the promise will do. */
  readonly isQuick: boolean;
  /** Tells what the operator does now. */
  readonly step: (what: string) => void;
  /** Tells what was seen meanwhile. */
  readonly note: (what: string) => void;
  /** The processes of panier that the drill starts. */
  readonly crew: Crew;
  /** What the drill opens and does not close itself. */
  readonly opened: AsyncDisposableStack;
}

export interface DrillReport {
  /** What was done, in a few words. */
  readonly did: string;
  readonly clients: ClientFigures;
  /** Whatever was acknowledged and is not there, and every other rule that broke; none when all is well. */
  readonly lost: readonly string[];
}
