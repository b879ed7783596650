# syntax=docker/dockerfile:1
# For amd64 and arm64: `docker buildx build --platform linux/amd64,linux/arm64 .` The jars are the same
# for both, so that they are built once, on the machine's own kind.

FROM --platform=$BUILDPLATFORM maven:3.9.16-eclipse-temurin-17-noble AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -ntp -Pquick -pl topology -am package
# Libraries apart from the project's own jars: a layer that changes rarely, and a small one.
RUN mkdir own \
 && mv topology/target/lib/tokenmeter-*.jar topology/target/tokenmeter-topology-*.jar own/

FROM --platform=$BUILDPLATFORM build AS plugins
RUN --mount=type=cache,target=/root/.m2 mvn -q -B -ntp -Pquick -pl connectors -am package

# Kafka Connect with the PostgreSQL sink and the converter: `docker build --target connect .`
FROM apache/kafka:4.3.1 AS connect
COPY --from=plugins /src/connectors/target/postgresql-sink /opt/plugins
COPY --from=plugins /src/connectors/target/plugins /opt/plugins
USER 1000:1000
ENV LOG_DIR=/tmp/logs \
    KAFKA_HEAP_OPTS=-Xmx512m
EXPOSE 8083
ENTRYPOINT ["/opt/kafka/bin/connect-standalone.sh"]

# A Java of the modules that are used. The last four are found by name when they are needed: elliptic
# curves for TLS, character sets of bodies, Kerberos, and jcmd for whoever looks in.
FROM eclipse-temurin:17.0.20_8-jdk-noble AS java
RUN jlink --no-header-files --no-man-pages --compress=2 --output /opt/java \
    --add-modules java.base,java.compiler,java.desktop,java.instrument,java.management,java.naming,java.net.http,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,jdk.management,jdk.unsupported,jdk.crypto.ec,jdk.charsets,jdk.security.auth,jdk.jcmd

FROM ubuntu:noble-20260810
# RocksDB fragments the C library's heap, and jemalloc doesn't let it.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libjemalloc2 libstdc++6 \
 && rm -rf /var/lib/apt/lists/* \
 && ln -s /usr/lib/*/libjemalloc.so.2 /usr/local/lib/libjemalloc.so.2 \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/tokenmeter tokenmeter \
 && install -d -o tokenmeter -g tokenmeter /var/lib/tokenmeter
COPY --from=java /opt/java /opt/java
COPY --from=build /src/topology/target/lib /opt/tokenmeter/lib
COPY --from=build /src/own /opt/tokenmeter/lib

# By number, so that Kubernetes can see that it isn't root.
USER 10001:10001
WORKDIR /var/lib/tokenmeter
VOLUME /var/lib/tokenmeter
ENV PATH=/opt/java/bin:$PATH \
    LANG=C.UTF-8 \
    LD_PRELOAD=/usr/local/lib/libjemalloc.so.2 \
    TOKENMETER_STATE_DIR=/var/lib/tokenmeter/state \
    TOKENMETER_HTTP_LISTEN=0.0.0.0:8080
EXPOSE 8080

# There is no curl; bash speaks enough HTTP for a status line.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

# Half of the memory for the heap: RocksDB's caches and the network buffers live beside it.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-cp", "/opt/tokenmeter/lib/*", "io.tokenmeter.app.Main"]
CMD ["run"]
