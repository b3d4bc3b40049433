export { type LeaseTable, leaseTable } from './lease-table.ts';
export { LeasedShare, type LeasedShareOptions } from './leased-share.ts';
