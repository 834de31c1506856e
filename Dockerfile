# The Node that package.json pins for development. A release pins its digest as well, which this command prints:
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim --format '{{.Manifest.Digest}}'
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:... .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# no install scripts: the image is the Node that the development dependency would download
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY inspector inspector
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM ${NODE_IMAGE}
LABEL org.opencontainers.image.title="bedrock-to-openai-proxy" \
      org.opencontainers.image.description="Run applications written for Amazon Bedrock on any OpenAI-compatible server"
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000
# owned by root, run by nobody in particular: the process writes no file, so a read-only root is fine
COPY --from=dependencies /app/package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY docs/openapi.json docs/openapi.json
USER 65532:65532
EXPOSE 8000 9090
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
  CMD ["node", "dist/healthcheck.js"]
# exec form: node itself gets SIGTERM, and drains; the launcher becomes the program, as the same process
CMD ["node", "dist/launch.js"]
