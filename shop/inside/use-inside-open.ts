import { useState } from 'react';

const KEPT_UNDER = 'panier.shop.inside';
const CLOSED = 'closed';

/** Whether the drawer is open: as it was left, and open to whoever comes first. */
export const useInsideOpen = (): readonly [boolean, (isOpen: boolean) => void] => {
  const [isOpen, setOpen] = useState(() => localStorage.getItem(KEPT_UNDER) !== CLOSED);
  const choose = (chosen: boolean): void => {
    localStorage.setItem(KEPT_UNDER, chosen ? 'open' : CLOSED);
    setOpen(chosen);
  };
  return [isOpen, choose];
};
