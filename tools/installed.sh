# Runs before the commands of package.json that need packages: where none are installed, Node.js would show a stack.
for name in node graphql pg ioredis; do
  if [ ! -e "node_modules/$name/package.json" ]; then
    echo 'The packages that panier is made of are not installed: run "npm ci" first, then this again.' >&2
    exit 1
  fi
done
