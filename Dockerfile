# The pages, which are built with development's packages.
FROM node:24-slim AS pages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN node tools/build-pages.ts

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000

COPY package.json package-lock.json ./
# PostgreSQL and Redis are services of their own here: their binaries stay out.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY . .
COPY --from=pages /app/dist dist

USER node
EXPOSE 4000 4001
CMD ["node", "src/cli/start.ts"]
