# Tiebreak's image. Two ways to build it:
#   mvn package && docker build -t tiebreak .                                         the jar in target/
#   docker build -t tiebreak --build-arg BUILDER=maven:3.9-eclipse-temurin-25 .       the jar built here
ARG BUILDER=eclipse-temurin:25-jdk

FROM ${BUILDER} AS build
WORKDIR /build
COPY db db
COPY openapi openapi
COPY src/main src/main
# the pattern lets the jar be missing
COPY pom.xml target/tiebreak.ja[r] ./
RUN if type mvn >/dev/null 2>&1; then mvn -B -q -Dmaven.test.skip=true package && cp target/tiebreak.jar .; fi \
 && if [ ! -f tiebreak.jar ]; then echo 'No target/tiebreak.jar: run mvn package first, or give a BUILDER with Maven.' >&2; exit 1; fi
# dependencies and program apart, so that a new program is a small layer
RUN java -Djarmode=tools -jar tiebreak.jar extract --layers --destination layers

FROM eclipse-temurin:25-jre
# by number, as Kubernetes can check only that; with a name, as PostgreSQL's programs ask for one
RUN echo 'tiebreak:x:10001:10001:Tiebreak:/data:/bin/false' >>/etc/passwd \
 && echo 'tiebreak:x:10001:' >>/etc/group \
 && mkdir /data && chown 10001:10001 /data && chmod 711 /data
WORKDIR /app
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
USER 10001:10001

# Every address of the container's own: the service refuses to start on it without authentication,
# unless TIEBREAK_ALLOW_UNAUTHENTICATED=true says that the network protects it.
# The data directory is the embedded PostgreSQL's: mount a volume on it, or name another PostgreSQL by
# TIEBREAK_DATABASE_URL. Otherwise only /tmp is written.
ENV SERVER_ADDRESS=0.0.0.0 \
    SERVER_PORT=8080 \
    TIEBREAK_DATA_DIRECTORY=/data
EXPOSE 8080

# bash itself, as the image has no HTTP client and a JVM a check would cost more than the service
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT} && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r answer <&3 && [[ $answer == *' 200'* ]]"]

# 60 % of the memory is heap; embeddings in memory, outside it, take up to a quarter as much, and a
# quarter of the memory is for the rest. Out of memory ends the process: half a service is
# worse than a restarted one.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector", "-jar", "tiebreak.jar"]
