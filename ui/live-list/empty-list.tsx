import { EmptyState } from '../parts/notice.tsx';

/** What a list says when there is nothing in it. */
export interface EmptyListTexts {
  readonly none: string;
  readonly noneHow: string;
  readonly noneFit: string;
  readonly noneFitHow: string;
}

interface EmptyListProps {
  readonly texts: EmptyListTexts;
  readonly isFiltered: boolean;
}

/** Nothing there, or nothing that fits, and what can be done about it. */
export const EmptyList = ({ texts, isFiltered }: EmptyListProps) => (
  <EmptyState title={isFiltered ? texts.noneFit : texts.none}>
    <p>{isFiltered ? texts.noneFitHow : texts.noneHow}</p>
  </EmptyState>
);
