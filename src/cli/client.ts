/** Panier's API as a client sees it: typed operations, and what carries them. `npm run codegen` writes their types. */
export * from './client/index.ts';
