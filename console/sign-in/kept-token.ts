const KEPT_UNDER = 'panier.token';

/** Of this tab alone, and gone with it: a token is a secret. */
export const keptToken = (): string | null => sessionStorage.getItem(KEPT_UNDER);

export const keepToken = (token: string): void => sessionStorage.setItem(KEPT_UNDER, token);

export const forgetToken = (): void => sessionStorage.removeItem(KEPT_UNDER);
