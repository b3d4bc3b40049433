/** What a command answers: a value, or a business "no" as a value. Defects are thrown, never returned. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** A `Result` that carries a value. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** A `Result` that carries a rejection. */
export const err = <E>(error: E): Result<never, E> => ({ ok: false, error });
