import manifest from '../../package.json' with { type: 'json' };

/** The version of panier that this process runs: major, minor and patch. */
export const VERSION: string = manifest.version;
