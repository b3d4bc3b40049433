const HIDDEN = '[payment method]';

const MAX_CAUSES = 5;

const hide = (value: unknown, reference: string, depth = MAX_CAUSES): void => {
  // An error may be its own cause.
  if (!(value instanceof Error) || depth === 0) return;
  value.message = value.message.replaceAll(reference, HIDDEN);
  value.stack = value.stack?.replaceAll(reference, HIDDEN) ?? value.message;
  hide(value.cause, reference, depth - 1);
};

/** A text without the reference. */
export const textWithout = (reference: string, text: string): string => text.replaceAll(reference, HIDDEN);

/**
 * Asks the payment provider. Providers repeat in their errors what they were asked for, and errors are logged: what is thrown
 * names the reference no more.
 */
export const withoutReference = async <T>(reference: string, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    hide(error, reference);
    throw error;
  }
};
