import { defineConfig } from 'vitest/config';

const globalSetup = ['harness/support/global-setup.ts'];

export default defineConfig({
  // One copy of graphql: from Node's own resolution, as the packages that are not transformed load it.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    // On two cores: most tests wait for servers more than they work.
    maxWorkers: 3,
    // As long as `eventually`: a second is no sign of a fault on a machine that is busy.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,test,harness}/**/*.test.ts'],
          exclude: ['**/*.{int,e2e,browser}.test.ts', '**/fixtures/**'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: ['{src,test,harness}/**/*.int.test.ts'],
          globalSetup,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['{console,shop,ui}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.test.ts'],
          globalSetup: [...globalSetup, 'test/browser/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.test.ts'],
          globalSetup,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
