package dev.belfry.benchmarks.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts other programs, and waits for what they say. */
final class Processes {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private Processes() {}

    /** Waits until a line of the output begins with {@code word}; the rest of that line. */
    static String await(Process process, Path output, String word, Duration limit)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            Optional<String> found = Files.readString(output)
                    .lines()
                    .filter(line -> line.startsWith(word))
                    .findFirst();
            if (found.isPresent()) {
                return found.get().substring(word.length()).strip();
            }
            if (!process.isAlive()) {
                break;
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        throw new IOException("did not say '" + word + "' within " + limit + ":\n" + Files.readString(output));
    }

    /** What a program prints, once it has ended well. */
    static String output(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
    }

    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
