package dev.belfry.host.tasks;

import static dev.belfry.host.DropFolder.awaitAnswer;
import static dev.belfry.host.tasks.Worker.LIMIT;
import static dev.belfry.host.tasks.Worker.awaitLines;
import static dev.belfry.host.tasks.Worker.create;
import static dev.belfry.host.tasks.Worker.lines;
import static dev.belfry.host.tasks.Worker.post;
import static dev.belfry.host.tasks.Worker.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belfry.host.DropFolder;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A queue and a job that runs on one host, on both databases. */
@ParameterizedClass
@ValueSource(strings = {"better-sqlite3", "pg"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DurableTasksTest {

    @Parameter
    private String client = "";

    private @Nullable EmbeddedPostgres postgres;
    private int databases;

    @TempDir
    private Path parent;

    private Path folder;
    private DropFolder drop;
    private RunningHost host;

    @BeforeAll
    void startServer() throws IOException {
        if (client.equals("pg")) {
            postgres = EmbeddedPostgres.builder().start();
        }
    }

    @AfterAll
    void stopServer() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        folder = java.nio.file.Files.createTempDirectory(parent, "host");
        drop = new DropFolder(folder);
        databases++;
        host = RunningHost.start(folder, Worker.config(folder), database());
        drop("1.0.0");
    }

    private String database() {
        return postgres == null
                ? ""
                : "backend: { database: { client: pg, prefix: 'test_" + databases
                        + "_', connection: 'postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres' } }";
    }

    private void drop(String version) {
        drop.drop(Worker.jar(version), "worker.jar");
        await().atMost(LIMIT)
                .until(() -> host.plugins().stream()
                        .anyMatch(plugin -> plugin.version().equals(version) && plugin.state() == State.RUNNING));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void aPayloadIsHandledAndRemoved() {
        post(host, "put/PLAIN/ding");

        awaitLines(folder, "done", List.of("1.0.0 ding"));
        awaitAnswer(host, "/api/worker/state", "0 waiting, 0 dead");
    }

    @Test
    void aPayloadThatAlwaysFailsIsADeadLetterUntilItIsRetried() {
        post(host, "put/BROKEN/crack");
        awaitAnswer(host, "/api/worker/state", "0 waiting, 1 dead");

        assertThat(lines(folder, "begun")).containsExactly("crack", "crack", "crack");
        assertThat(host.get("/metrics").body())
                .contains("belfry_queue_dead{plugin=\"worker\",queue=\"work\"} 1.0")
                .contains("belfry_queue_depth{plugin=\"worker\",queue=\"work\"} 0.0");
        assertThat(host.get("/api/host/plugins/worker").body()).contains("\"work\":{\"depth\":0,\"deadLetters\":1}");

        create(folder, "fixed");
        assertThat(post(host, "retry")).isEqualTo("1");
        awaitLines(folder, "done", List.of("1.0.0 crack"));
        awaitAnswer(host, "/api/worker/state", "0 waiting, 0 dead");
    }

    /** There are eight places for the handlers and jobs of a plugin. */
    @Test
    void handlersThatHangAreInterruptedAndLeaveRoomForOthers() {
        for (int i = 0; i < 12; i++) {
            post(host, "put-impatient/stuck-" + i);
        }
        await().atMost(LIMIT).until(() -> lines(folder, "begun").size() >= 12);
        post(host, "put/PLAIN/ding");

        awaitLines(folder, "done", List.of("1.0.0 ding"));
        await().atMost(LIMIT)
                .until(() -> host.get("/api/host/plugins/worker")
                        .body()
                        .contains("\"impatient\":{\"depth\":0,\"deadLetters\":12}"));
    }

    @Test
    void aPayloadBelongsToTheTransactionOfThePlugin() {
        post(host, "put-in-transaction/rollback/ding");
        assertThat(state(host)).isEqualTo("0 waiting, 0 dead");

        post(host, "put-in-transaction/commit/dong");
        awaitLines(folder, "done", List.of("1.0.0 dong"));
    }

    @Test
    void aReplacementWaitsForThePayloadInProgress() {
        post(host, "put/WAITING/slow");
        awaitLines(folder, "begun", List.of("slow"));

        drop("2.0.0");
        create(folder, "go");

        awaitLines(folder, "done", List.of("1.0.0 slow"));
        awaitAnswer(host, "/api/worker/state", "0 waiting, 0 dead");
    }

    @Tag("soak")
    @Test
    void aPayloadThatOutlastsTheDrainIsHandledByTheNextVersion() {
        post(host, "put/WAITING/slow");
        awaitLines(folder, "begun", List.of("slow"));

        drop("2.0.0");
        awaitLines(folder, "begun", List.of("slow", "slow"));
        create(folder, "go");

        awaitLines(folder, "done", List.of("2.0.0 slow"));
    }

    @Tag("soak")
    @Test
    void aPayloadWaitsWhileThePluginDoesNotRun() {
        post(host, "put/WAITING/slow");
        awaitLines(folder, "begun", List.of("slow"));
        host.close();
        create(folder, "go");
        assertThat(lines(folder, "done")).isEmpty();

        host = RunningHost.start(folder, Worker.config(folder), database());
        awaitLines(folder, "done", List.of("1.0.0 slow"));
    }

    @Test
    void aJobRunsAgainAndAgain() {
        await().atMost(LIMIT).until(() -> lines(folder, "beats").size() > 2);

        assertThat(lines(folder, "beats")).containsOnly("1.0.0");
    }

    @Test
    void aQueueIsDeclaredWhileThePluginStarts() {
        assertThat(post(host, "late")).isEqualTo("the queue 'late' must be declared while the plugin starts");
    }

    /** Flyway itself refuses to begin in a schema that has tables. Version 1 creates the queue first, version 2 its own tables. */
    @Test
    void theHostsTablesComeBeforeOrAfterThoseOfThePlugin() {
        drop.remove("worker.jar");
        await().atMost(LIMIT).until(() -> host.plugins().isEmpty());
        host.close();
        databases++;
        folder.resolve("data/worker.sqlite").toFile().delete();
        host = RunningHost.start(folder, Worker.config(folder), database());

        drop("2.0.0");
        post(host, "put/PLAIN/ding");

        awaitLines(folder, "done", List.of("2.0.0 ding"));
    }
}
