package dev.belfry.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The request rate of callers, and the working time of requests. */
class RequestLimitsTest {

    /** Runs a long series of short statements. */
    public static final class EndlessPlugin implements Plugin {

        /** Without the limit, the request succeeds after this time. */
        private static final Duration MOST = Duration.ofSeconds(10);

        @Override
        public void start(PluginContext context) {
            context.routes(routes -> {
                routes.get("/endless", Access.PUBLIC, (request, caller) -> {
                    try (Connection connection = context.database().dataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        long end = System.nanoTime() + MOST.toNanos();
                        while (System.nanoTime() < end) {
                            statement.execute("select 1");
                        }
                    }
                });
                routes.get("/quick", Access.PUBLIC, (request, caller) -> request.result(caller.subject()));
            });
        }
    }

    @TempDir
    private Path folder;

    private RunningHost start(String limits) {
        Path drop = RunningHost.dropFolder(folder);
        PluginJar.of(EndlessPlugin.class, "endless", "1.0.0").writeTo(drop.resolve("endless.jar"));
        return RunningHost.start(folder, "belfry: { limits: " + limits + " }");
    }

    @Test
    void aRequestWithManyShortStatementsIsEndedAtTheTimeLimit() {
        try (RunningHost host = start("{ requestTime: PT0.3S }")) {
            HttpResponse<String> answer = host.get("/api/endless/endless");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("PT0.3S", "belfry.limits.requestTime");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(host.get("/api/endless/quick").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCallerOverTheRateGets429WithRetryAfter() {
        try (RunningHost host = start("{ requestsPerCaller: 3 }")) {
            for (int i = 0; i < 3; i++) {
                assertThat(host.get("/api/endless/quick").statusCode()).isEqualTo(200);
            }

            HttpResponse<String> refused = host.get("/api/endless/quick");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(Duration.ofSeconds(Long.parseLong(
                            refused.headers().firstValue("Retry-After").orElseThrow())))
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
            assertThat(refused.headers().firstValue("RateLimit-Policy")).contains("\"requests\";q=3;w=60");
            assertThat(refused.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"requests\";r=0;t=");
        }
    }

    @Test
    void unlimitedCallersAreNotCounted() {
        try (RunningHost host = start("{ requestsPerCaller: 1, unlimitedCallers: ['user:default/guest'] }")) {
            for (int i = 0; i < 5; i++) {
                assertThat(host.get("/api/endless/quick").body()).isEqualTo("user:default/guest");
            }
        }
    }

    @Test
    void fileDescriptorsAreReservedForTheHost() {
        assertThat(FileDescriptors.limit(4096, 65_536)).isEqualTo(4096);
        assertThat(FileDescriptors.limit(4096, 1024)).isEqualTo(768);
        assertThat(FileDescriptors.limit(4096, 64)).isEqualTo(32);
    }
}
