package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.CapturedLog;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.logging.LogRateLimiter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements over the threshold are logged once a minute, and counted each time. */
class SlowQueriesTest {

    private static final String QUERY =
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) select i, 'Ada''s' from n";

    @TempDir
    private Path folder;

    /** Counts up to the requested number. */
    public static final class CountingPlugin implements Plugin {
        @Override
        public void start(PluginContext context) {
            context.routes(routes -> routes.get("/to/{end}", Access.PUBLIC, (request, caller) -> {
                try (Connection connection =
                                context.database().readOnlyDataSource().getConnection();
                        PreparedStatement statement = connection.prepareStatement(QUERY)) {
                    statement.setInt(1, Integer.parseInt(request.pathParam("end")));
                    int rows = 0;
                    try (ResultSet result = statement.executeQuery()) {
                        while (result.next()) {
                            rows++;
                        }
                    }
                    request.result(Integer.toString(rows));
                }
            }));
        }
    }

    private RunningHost start(String threshold) {
        PluginJar.of(CountingPlugin.class, "counting", "1.0.0")
                .writeTo(RunningHost.dropFolder(folder).resolve("counting.jar"));
        return RunningHost.start(folder, "belfry: { database: { slowQueryThreshold: " + threshold + " } }");
    }

    @Test
    void slowQueriesAreLoggedWithoutValuesAndCounted() {
        CapturedLog log = CapturedLog.of("slow-query");
        try (RunningHost host = start("PT0.05S")) {
            assertThat(host.get("/api/counting/to/10").body()).isEqualTo("10");
            assertThat(log.messages()).isEmpty();

            assertThat(host.get("/api/counting/to/500000").body()).isEqualTo("500000");
            assertThat(host.get("/api/counting/to/600000").body()).isEqualTo("600000");

            assertThat(log.messages()).hasSize(1);
            assertThat(log.messages().getFirst())
                    .matches(
                            "counting counting-read \\d+ ms, 500000 rows: with recursive n\\(i\\) as \\(select \\? union"
                                    + " all select i \\+ \\? from n where i < \\?\\) select i, \\? from n");
            assertThat(host.get("/metrics").body())
                    .contains("belfry_database_slow_queries_total{plugin=\"counting\",pool=\"counting-read\"} 2.0")
                    .contains("belfry_database_slow_queries_total{plugin=\"counting\",pool=\"counting-write\"} 0.0");
        }
    }

    @Test
    void aThresholdOfZeroDisablesSlowQueryLogging() {
        CapturedLog log = CapturedLog.of("slow-query");
        try (RunningHost host = start("PT0S")) {
            assertThat(host.get("/api/counting/to/500000").body()).isEqualTo("500000");

            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void slowQueryLoggingIsRateLimited() {
        long[] now = {0};
        LogRateLimiter rateLimiter = new LogRateLimiter(() -> now[0]);
        assertThat(rateLimiter.take("select 1")).hasValue(0);
        assertThat(rateLimiter.take("select 1")).isEmpty();
        for (int i = 1; i < LogRateLimiter.MAX_TEXTS; i++) {
            assertThat(rateLimiter.take("select " + i + " of many")).hasValue(0);
        }
        assertThat(rateLimiter.take("one text too many")).isEmpty();

        now[0] += Duration.ofMinutes(1).toNanos();
        assertThat(rateLimiter.take("select 1"))
                .as("of this text and of those too many")
                .hasValue(2);
        assertThat(rateLimiter.take("one text too many")).hasValue(0);
    }
}
