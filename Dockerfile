# docker build --tag vidrec .
# docker run --publish 8000:8000 --volume vidrec:/cache --env-file .env vidrec

# Node is here for npm only: it brings the same Bun as everywhere else in this project.
FROM node:22-bookworm-slim AS build
WORKDIR /vidrec
RUN npm install --global bun@1.4.5
COPY package.json bun.lock bunfig.toml LICENSE ./
COPY src/build/stubs src/build/stubs
RUN bun install --frozen-lockfile --production
COPY src src
RUN bun src/build/build.ts
RUN bun src/main.ts licenses > dist/LICENSES

# Debian, for the C++ library that the encoder's runtime needs; nothing is installed on it.
FROM debian:12-slim
LABEL org.opencontainers.image.title="vidrec" \
      org.opencontainers.image.description="Self-hosted recommendations for short videos" \
      org.opencontainers.image.licenses="MIT"
RUN install --directory --owner=10001 --group=10001 /cache
COPY --from=build /vidrec/dist/vidrec /usr/local/bin/vidrec
COPY --from=build /vidrec/dist/LICENSES /usr/share/doc/vidrec/LICENSES
ENV HOST=0.0.0.0 PORT=8000 DATA_DIR=/cache
USER 10001:10001
WORKDIR /cache
VOLUME /cache
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q alive <&3"]
ENTRYPOINT ["vidrec"]
CMD ["serve"]
