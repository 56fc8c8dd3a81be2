package dev.belfry.host.tasks;

import static dev.belfry.host.tasks.Worker.LIMIT;
import static dev.belfry.host.tasks.Worker.lines;
import static dev.belfry.host.tasks.Worker.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.RunningHost;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts work on the tasks of one database. */
@Tag("soak")
class TasksOfTwoHostsTest {

    private static final int PAYLOADS = 200;
    private static final int RUNS = 6;

    @Test
    void eachPayloadIsHandledOnceAndAJobNeverRunsTwiceAtATime(
            @TempDir Path shared, @TempDir Path first, @TempDir Path second) throws Exception {
        Worker.jar("1.0.0").writeTo(RunningHost.dropFolder(first).resolve("worker.jar"));
        Worker.jar("2.0.0").writeTo(RunningHost.dropFolder(second).resolve("worker.jar"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            String database = "backend: { database: { client: pg, connection: 'postgresql://postgres@127.0.0.1:"
                    + postgres.getPort() + "/postgres' } }";
            try (RunningHost one = RunningHost.start(first, Worker.config(shared), database);
                    RunningHost two = RunningHost.start(second, Worker.config(shared), database)) {
                for (int i = 0; i < PAYLOADS; i++) {
                    post(i % 2 == 0 ? one : two, "put/PLAIN/" + i);
                }

                List<String> all =
                        IntStream.range(0, PAYLOADS).mapToObj(Integer::toString).toList();
                await().atMost(LIMIT).until(() -> lines(shared, "done").size() >= PAYLOADS);
                await().atMost(LIMIT).until(() -> lines(shared, "beats").size() >= RUNS);
                assertThat(lines(shared, "done"))
                        .extracting(line -> line.substring("1.0.0 ".length()))
                        .containsExactlyInAnyOrderElementsOf(all);
                assertThat(lines(shared, "done"))
                        .anyMatch(line -> line.startsWith("1.0.0"))
                        .anyMatch(line -> line.startsWith("2.0.0"));
            }
            assertThat(lines(shared, "beats")).doesNotContain("two at a time");
        }
    }
}
