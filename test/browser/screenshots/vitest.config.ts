import { defineConfig } from 'vitest/config';

/** Not a test: `npm run screenshots` makes the pictures of docs/images. */
export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/browser/screenshots/*.screenshots.ts'],
    globalSetup: ['harness/support/global-setup.ts', 'test/browser/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
