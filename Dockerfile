# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
RUN mvn -B -ntp -q dependency:go-offline
COPY conf conf
COPY .ci/spotbugs-exclude.xml .ci/spotbugs-exclude.xml
COPY src src
RUN mvn -B -ntp -q package -DskipTests

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --create-home --home-dir /home/akm akm \
    && install -d -o akm -g akm -m 0700 /data /keys
COPY --from=build --chown=root:root /src/target/akm.jar /app/akm.jar
# A first run on data that is thrown away leaves a cache of loaded and linked classes: later starts take about half the time.
# It is made here because it is valid for this very JVM and jar only; a JVM that cannot use it starts without.
RUN export AKM_DATA=/tmp/data AKM_MASTER_KEY_FILE=/tmp/keys/master.key; cd /tmp; install -d -m 0700 data keys; \
    java -XX:AOTCacheOutput=/app/akm.aot -jar /app/akm.jar serve & pid=$!; \
    for i in $(seq 30); do java -jar /app/akm.jar health && break; sleep 1; done; \
    kill $pid; wait $pid; rm -rf /tmp/data /tmp/keys; test -s /app/akm.aot
USER 10001
# Inside a container the listener must leave loopback; publish the port on 127.0.0.1 or put TLS in front.
ENV AKM_HOST=0.0.0.0 \
    AKM_PORT=7070 \
    AKM_ALLOW_INSECURE_BIND=true \
    AKM_DATA=/data \
    AKM_MASTER_KEY_FILE=/keys/master.key
VOLUME ["/data", "/keys"]
EXPOSE 7070
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s --retries=3 \
    CMD ["java", "-XX:AOTCache=/app/akm.aot", "-XX:TieredStopAtLevel=1", "-jar", "/app/akm.jar", "health"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/akm.aot", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/akm.jar"]
CMD ["serve"]
