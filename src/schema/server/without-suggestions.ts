import type { MaskError } from '../mask-error.ts';

const SUGGESTION = / Did you mean [^?]+\?$/;

/** Errors as they would be of an executor that is told to suggest nothing: Yoga's suggests, of variables, all the same. */
export const withoutSuggestions =
  (mask: MaskError): MaskError =>
  (given) => {
    const error = mask(given);
    return Object.assign(error, { message: error.message.replace(SUGGESTION, '') });
  };
