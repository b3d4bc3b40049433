import { EmptyState } from '../../ui/parts/notice.tsx';

/** What a page says to whom it is not for. */
export interface ForbiddenTexts {
  readonly forbidden: string;
  readonly forbiddenHow: string;
}

export const Forbidden = ({ texts }: { readonly texts: ForbiddenTexts }) => (
  <EmptyState title={texts.forbidden}>
    <p>{texts.forbiddenHow}</p>
  </EmptyState>
);
