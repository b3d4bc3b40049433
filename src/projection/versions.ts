import type { Projection } from './projection.ts';

type Versioned = Pick<Projection, 'name' | 'version'>;

/** What rows that these write are: the same text for the same projections in the same versions. */
export const versionsOf = (projections: readonly Versioned[]): string =>
  projections.map(({ name, version }) => `${name} ${version}`).join(', ');

/** Names and versions that {@link versionsOf} told of. */
const readVersions = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text.split(', ').map((each) => {
      const [name = '', version] = each.split(' ');
      return [name, Number(version)];
    }),
  );

/**
 * Whether rows of these versions are a later panier's: it has each of these projections, and some of them later, or more. Of whoever
 * has no projections none is: there is nothing that they could spoil.
 */
export const areLater = (versions: string, projections: readonly Versioned[]): boolean => {
  if (projections.length === 0 || versions === versionsOf(projections)) return false;
  const there = readVersions(versions);
  return projections.every(({ name, version }) => (there.get(name) ?? -1) >= version);
};
