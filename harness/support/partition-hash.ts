import { createHash } from 'node:crypto';

/** As the documents have it, and not as panier does it: the first four bytes of the id's SHA-256. Source: ADR-076. */
export const partitionHashOf = (aggregateId: string): number =>
  createHash('sha256').update(aggregateId).digest().readUInt32BE();
