import type { Owned } from '../../projection/index.ts';
import { READ_MODELS } from '../models.ts';

type Model = (typeof READ_MODELS)[number];

/** A read model, whose things somebody may wait for. */
export type ModelName = Model['name'];

export const MODEL_NAMES: readonly ModelName[] = READ_MODELS.map(({ name }) => name);

/** What events may have changed in one read model. */
export interface Concerned {
  readonly name: ModelName;
  readonly ids: readonly string[];
  /** Anything of it, not those alone. */
  readonly any: boolean;
}

const concernedIn = ({ name, concerns }: Model, owners: readonly Owned[]): Concerned => {
  const by = (concern: string) =>
    owners.filter(
      ({ aggregateType }) => new Map<string, string>(Object.entries(concerns)).get(aggregateType) === concern,
    );
  const ids = [...new Set(by('Itself').map(({ aggregateId }) => aggregateId))];
  return { name, ids, any: by('Any').length > 0 };
};

/** What the events of these may have changed, by read model. */
export const concernedBy = (owners: readonly Owned[]): readonly Concerned[] =>
  READ_MODELS.map((model) => concernedIn(model, owners));
