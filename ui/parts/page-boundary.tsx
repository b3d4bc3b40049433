import { Component, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { type Catalogue, useTexts } from '../language/language.tsx';
import { Button } from './button.tsx';
import { ErrorNotice } from './notice.tsx';

interface Texts {
  readonly broken: string;
  readonly why: string;
  readonly again: string;
}

const TEXTS: Catalogue<Texts> = {
  en: {
    broken: 'This page could not be shown.',
    why: 'A part of it could not be loaded, as when panier was updated meanwhile, or it is faulty. Load it again.',
    again: 'Load the page again',
  },
  fr: {
    broken: 'Cette page n’a pas pu être affichée.',
    why: 'Une partie n’a pas pu être chargée, par exemple après une mise à jour de panier, ou elle est défectueuse. Rechargez-la.',
    again: 'Recharger la page',
  },
};

interface BoundaryProps {
  /** What is shown in place of what broke. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** A class: React has no other way to catch what drawing throws. */
class Boundary extends Component<BoundaryProps, { readonly isBroken: boolean }> {
  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override state = { isBroken: false };

  override render(): ReactNode {
    return this.state.isBroken ? this.props.fallback : this.props.children;
  }
}

/** Says so where a page cannot be drawn, or a file of it not be loaded: all else would go white with it. Other pages are tried anew. */
export const PageBoundary = ({ children }: { readonly children: ReactNode }) => {
  const [path] = useLocation();
  const texts = useTexts(TEXTS);
  const again = (
    <Button look="primary" onClick={() => location.reload()}>
      {texts.again}
    </Button>
  );
  const fallback = (
    <ErrorNotice level={1} title={texts.broken} action={again}>
      <p>{texts.why}</p>
    </ErrorNotice>
  );
  return (
    <Boundary key={path} fallback={fallback}>
      {children}
    </Boundary>
  );
};
