import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The pages: of one build, so that a browser that has been to one has most of the other. */
export default defineConfig({
  appType: 'mpa',
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: 'dist/pages',
    emptyOutDir: true,
    assetsDir: 'pages',
    // No data: URLs, no script in the page's text: the policy allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'pages/licences.txt' },
    rolldownOptions: { input: { console: 'console/index.html', shop: 'shop/index.html' } },
  },
});
