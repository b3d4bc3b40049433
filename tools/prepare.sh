# npm runs it after `npm ci`. Where development's packages were left out there is nothing to build the pages with, nor the
# Node.js that reads TypeScript.
if [ -e node_modules/vite/package.json ]; then
  node tools/build-pages.ts
fi
