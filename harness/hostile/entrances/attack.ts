import type { Random } from '../../support/random.ts';
import type { Stage } from '../stage.ts';

/** One malformed exchange, of a kind that the generator decides. Answers with the kind's name. */
export type Attack = (stage: Stage, random: Random) => Promise<string>;
