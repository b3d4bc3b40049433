import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** A part of a graph, as it says itself. */
export interface Part {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** What the parts make together, or why they do not fit. */
export type Composed = { readonly supergraph: string } | { readonly problems: readonly string[] };

export const compose = (parts: readonly Part[]): Composed => {
  const composed = composeServices(parts.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (composed.supergraphSdl !== undefined) return { supergraph: composed.supergraphSdl };
  return { problems: composed.errors.map(({ message }) => message) };
};
