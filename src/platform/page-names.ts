/** The pages that a gateway may serve beside GraphiQL, each at the path of its name. */
export const PAGE_NAMES = ['console', 'shop'] as const;

export type PageName = (typeof PAGE_NAMES)[number];
