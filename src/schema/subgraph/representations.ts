import { type Path, spoken } from '../../commands/index.ts';
import { checkText } from '../bounded-arguments.ts';
import { badUserInput, pageTooLarge } from '../failures.ts';
import { ENTITY_NAMES, type Representation } from './entities.ts';

const ARGUMENT = 'representations';

const isEntityName = (name: unknown): name is Representation['__typename'] =>
  ENTITY_NAMES.some((known) => known === name);

const read = (given: unknown, path: Path): Representation => {
  const at = spoken(path);
  const { __typename, id } = (given ?? {}) as Readonly<Record<string, unknown>>;
  if (!isEntityName(__typename))
    throw badUserInput(
      `${at}.__typename has to be one of ${ENTITY_NAMES.join(', ')}: nothing else is found by reference.`,
      { path: [...path, '__typename'], allowed: { enum: ENTITY_NAMES } },
    );
  const idPath = [...path, 'id'];
  if (typeof id !== 'string')
    throw badUserInput(`${at}.id has to be a string: ${__typename} is found by its id.`, { path: idPath });
  checkText(id, idPath);
  return { __typename, id };
};

/**
 * What a gateway asks for, of which GraphQL knows no more than that it is something: the library would take any type's name,
 * and hand on whatever stands beside it. @throws a GraphQL error with code `BAD_USER_INPUT` or `PAGE_TOO_LARGE`
 */
export const readRepresentations = (given: readonly unknown[], pageSize: number): readonly Representation[] => {
  if (given.length > pageSize)
    throw pageTooLarge(`${ARGUMENT} holds ${given.length} references: ask for at most ${pageSize} at once.`, {
      path: [ARGUMENT],
      allowed: { type: 'array', maxItems: pageSize },
    });
  return given.map((each, index) => read(each, [ARGUMENT, String(index)]));
};
