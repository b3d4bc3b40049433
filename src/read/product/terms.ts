import type { Table } from '../../projection/index.ts';
import { wordsOf } from '../words.ts';
import { naturalIdOf } from './natural-id.ts';

/** By what a product is found: the beginnings of the words of its name. */
export interface ProductTerm {
  readonly productId: string;
  readonly term: string;
  /** As the product has it, so that the list of a term is in its order. */
  readonly naturalId: string;
}

export const PRODUCT_TERM: Table<ProductTerm> = {
  name: 'product_term',
  key: ['productId', 'term'],
  columns: { productId: 'text', term: 'text', naturalId: 'text' },
};

const beginningsOf = (word: string): readonly string[] => {
  const characters = Array.from(word);
  return characters.map((_character, index) => characters.slice(0, index + 1).join(''));
};

const termsOf = (name: string | null): readonly string[] =>
  name === null ? [] : [...new Set(wordsOf(name).flatMap(beginningsOf))];

interface Named {
  readonly id: string;
  readonly name: string | null;
}

interface TermChanges {
  readonly came: readonly ProductTerm[];
  readonly went: readonly ProductTerm[];
}

/** What of a product's terms changes with its name. */
export const termChanges = ({ id: productId, name }: Named, known: Named | undefined): TermChanges => {
  const [now, before] = [termsOf(name), termsOf(known?.name ?? null)];
  const rowOf = (term: string): ProductTerm => ({ productId, term, naturalId: naturalIdOf(productId) });
  return {
    came: now.filter((term) => !before.includes(term)).map(rowOf),
    went: before.filter((term) => !now.includes(term)).map(rowOf),
  };
};
