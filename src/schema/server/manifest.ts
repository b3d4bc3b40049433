import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Documents by their hash, as the client preset of GraphQL Code Generator writes them (`persistedDocuments`). */
export type Manifest = Readonly<Record<string, string>>;

/** A manifest cannot be used; the message says what to do. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** By the length of their digits: a manifest names no algorithm, or `sha256:` before the hash. */
const ALGORITHMS: Readonly<Record<number, string>> = { 40: 'sha1', 64: 'sha256' };

const PREFIX = /^sha256:(?=[\da-f]{64}$)/;

/** The hash alone, whether its algorithm stands before it or not. */
export const hashOf = (documentId: string): string => documentId.replace(PREFIX, '');

const mistakeIn = ([id, text]: readonly [string, unknown]): string | null => {
  const hash = hashOf(id);
  const algorithm = /^[\da-f]+$/.test(hash) ? ALGORITHMS[hash.length] : undefined;
  if (algorithm === undefined) return `"${id}" is no hash by sha256 or sha1, in lower-case hexadecimal digits`;
  if (typeof text !== 'string') return `what stands under ${id} is no document`;
  return createHash(algorithm).update(text).digest('hex') === hash
    ? null
    : `${id} is not the ${algorithm} of its document`;
};

const refuse = (file: string, reason: string, cause?: unknown): never => {
  const advice =
    'give a JSON object of hash and document, as persistedDocuments of the client preset of GraphQL Code Generator writes it';
  throw new ManifestError(`PANIER_DOCUMENTS_MANIFEST: ${file} cannot be used (${reason}): ${advice}.`, { cause });
};

const parsed = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return refuse(file, 'it is no JSON', error);
  }
};

/** Every document is one that its hash says. @throws {ManifestError} */
export const readManifest = async (file: string): Promise<Manifest> => {
  const text = await readFile(file, 'utf8').catch((error: Error) => refuse(file, error.message, error));
  const given = parsed(file, text);
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return refuse(file, 'it is no object');
  const mistake = Object.entries(given)
    .map(mistakeIn)
    .find((found) => found !== null);
  return mistake === undefined ? (given as Manifest) : refuse(file, mistake);
};
