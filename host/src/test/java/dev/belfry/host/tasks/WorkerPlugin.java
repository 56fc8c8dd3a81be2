package dev.belfry.host.tasks;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.api.queue.DurableQueue;
import dev.belfry.api.queue.RetryPolicy;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;

/**
 * Has a queue and a job that runs on one host. It writes down what it does in files of a folder that several hosts and processes share,
 * and waits for files there.
 */
public final class WorkerPlugin implements Plugin {

    /** The section {@code worker}. */
    public record Config(Path folder) {}

    /** A payload. */
    public record Work(String name, Kind kind) {}

    /** How to handle it. */
    public enum Kind {
        /** At once. */
        PLAIN,
        /** Only when the file {@code fixed} exists. */
        BROKEN,
        /** When the file {@code go} exists. */
        WAITING
    }

    private String version = "";
    private Path folder = Path.of("");

    @Override
    public void start(PluginContext context) {
        folder = context.config(Config.class).folder();
        version = context.version();
        boolean migratesFirst = !version.startsWith("1.");
        if (migratesFirst) {
            context.database().migrate("db");
        }
        DurableQueue<Work> queue = context.queue(
                "work",
                Work.class,
                new RetryPolicy(3, Duration.ofMillis(10), Duration.ofMillis(10)),
                work -> handle(context, work));
        DurableQueue<Work> impatient = context.queue(
                "impatient",
                Work.class,
                new RetryPolicy(1, Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(300)),
                work -> handle(context, work));
        if (!migratesFirst) {
            context.database().migrate("db");
        }
        context.scheduler().everyOnOneHost("beat", Duration.ofMillis(10), this::beat);
        context.routes(routes -> {
            routes.post(
                    "/put/{kind}/{name}",
                    Access.PUBLIC,
                    (request, caller) ->
                            queue.put(new Work(request.pathParam("name"), Kind.valueOf(request.pathParam("kind")))));
            routes.post(
                    "/put-impatient/{name}",
                    Access.PUBLIC,
                    (request, caller) -> impatient.put(new Work(request.pathParam("name"), Kind.WAITING)));
            routes.post("/put-in-transaction/{end}/{name}", Access.PUBLIC, (request, caller) -> {
                try (Connection connection = context.database().dataSource().getConnection()) {
                    connection.setAutoCommit(false);
                    queue.put(connection, new Work(request.pathParam("name"), Kind.PLAIN));
                    if (request.pathParam("end").equals("commit")) {
                        connection.commit();
                    } else {
                        connection.rollback();
                    }
                }
            });
            routes.post(
                    "/retry",
                    Access.PUBLIC,
                    (request, caller) -> request.result(Integer.toString(queue.retryDeadLetters())));
            routes.post("/late", Access.PUBLIC, (request, caller) -> {
                try {
                    context.queue("late", Work.class, work -> {});
                } catch (IllegalStateException e) {
                    request.result(String.valueOf(e.getMessage()));
                }
            });
            routes.get(
                    "/state",
                    Access.PUBLIC,
                    (request, caller) -> request.result(queue.depth() + " waiting, " + queue.deadLetters() + " dead"));
        });
    }

    private void handle(PluginContext context, Work work) throws Exception {
        write("begun", work.name());
        switch (work.kind()) {
            case PLAIN -> {}
            case BROKEN -> {
                if (!Files.exists(folder.resolve("fixed"))) {
                    throw new IllegalStateException("it is broken");
                }
            }
            case WAITING -> {
                while (!Files.exists(folder.resolve("go"))) {
                    Thread.sleep(20);
                }
            }
        }
        write("done", context.version() + " " + work.name());
    }

    private void beat() throws IOException, InterruptedException {
        Path running = folder.resolve("running");
        try {
            Files.createFile(running);
        } catch (FileAlreadyExistsException e) {
            write("beats", "two at a time");
        }
        Thread.sleep(50);
        Files.deleteIfExists(running);
        write("beats", version);
    }

    private void write(String file, String line) throws IOException {
        Files.writeString(folder.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
