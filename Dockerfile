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
    CMD ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", "/app/akm.jar", "health"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/akm.jar"]
CMD ["serve"]
