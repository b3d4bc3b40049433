/** Larger than any answer of an inventory. */
const MAX_BYTES = 16_384;

const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string | null> => {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
};

/** The JSON value of a response's body; undefined when it is none, or longer than any answer that is expected. */
export const readBounded = async (body: AsyncIterable<Uint8Array> | null): Promise<unknown> => {
  const text = body === null ? null : await textOf(body);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
