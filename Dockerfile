# Production dependencies only: the devDependency `node` (for older machines) and all tools stay out.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:26-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data \
  && printf '#!/bin/sh\nexec node --disable-warning=ExperimentalWarning /app/src/main.ts "$@"\n' > /usr/local/bin/pullquote \
  && chmod +x /usr/local/bin/pullquote
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY config config
COPY commands commands
COPY src src
USER node
VOLUME /data
# The loops write the time of their last turn: the check fails when they stand still, without a port.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["pullquote", "health"]
CMD ["pullquote", "start"]
