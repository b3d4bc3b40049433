/** Puts a text on the clipboard; false when the browser does not let it: by plain http from elsewhere there is none. */
export const copyText = async (text: string): Promise<boolean> => {
  if (!isSecureContext) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
