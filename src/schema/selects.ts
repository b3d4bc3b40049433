import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

const namesIn = (set: SelectionSetNode | undefined, info: GraphQLResolveInfo): readonly string[] =>
  (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value;
    if (selection.kind === Kind.INLINE_FRAGMENT) return namesIn(selection.selectionSet, info);
    return namesIn(info.fragments[selection.name.value]?.selectionSet, info);
  });

/** Whether any of these fields is selected of what the field answers with, in whichever fragment; `@skip` is not looked at. */
export const selects = (info: GraphQLResolveInfo, names: readonly string[]): boolean =>
  info.fieldNodes.some(({ selectionSet }) => namesIn(selectionSet, info).some((name) => names.includes(name)));
