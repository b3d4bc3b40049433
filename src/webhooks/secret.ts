import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
/** Source: Standard Webhooks: 192 to 512 random bits. */
const SECRET_BYTES = 32;

/** What one key signs with, until it expires. */
export interface SigningKey {
  readonly key: Buffer;
  /** By the wall clock; null: never. */
  readonly expiresAtMs: number | null;
}

/** A new secret, as its owner is told it. */
export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;

/** The bytes that a secret stands for. */
export const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64');

export interface Signed {
  readonly id: string;
  /** In seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The header `webhook-signature`: a signature for each key that has not expired, the newest first.
 * Source: github.com/standard-webhooks/standard-webhooks, spec, "Signature scheme".
 */
export const signatures = ({ id, timestamp, body }: Signed, keys: readonly SigningKey[]): string => {
  const content = `${id}.${timestamp}.${body}`;
  return keys
    .filter(({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > timestamp * 1_000)
    .map(({ key }) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`)
    .join(' ');
};
