package dev.belfry.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Sends requests by wrk, a program that takes little of the processor for itself. */
public final class Wrk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESULT = "result ";
    private static final List<String> SCRIPTS = List.of(
            "get.lua",
            "get-anew.lua",
            "get-in-turn.lua",
            "post.lua",
            "create.lua",
            "create-for-users.lua",
            "create-for-group.lua",
            "create-for-everyone.lua",
            "result.lua");

    private final Path scripts;

    /** @param folder into which its scripts are written */
    public Wrk(Path folder) throws IOException {
        scripts = Files.createDirectories(folder);
        for (String script : SCRIPTS) {
            try (InputStream resource = Objects.requireNonNull(Wrk.class.getResourceAsStream(script), script)) {
                Files.write(scripts.resolve(script), resource.readAllBytes());
            }
        }
    }

    public static boolean isInstalled() {
        try {
            new ProcessBuilder("wrk", "--version")
                    .redirectErrorStream(true)
                    .start()
                    .destroy();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends the request over so many connections, on each the next one when the last was answered. */
    public Rate measure(Request request, int connections, Duration time) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "wrk",
                "--threads",
                "1",
                "--connections",
                String.valueOf(connections),
                "--duration",
                time.toSeconds() + "s",
                "--timeout",
                "10s",
                "--script",
                request.script()));
        request.headers().forEach(header -> command.addAll(List.of("--header", header)));
        command.add(request.address().toString());
        command.add("--");
        command.addAll(request.arguments());
        Process process = new ProcessBuilder(command)
                .directory(scripts.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String result = output.lines()
                .filter(line -> line.startsWith(RESULT))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk said no result:\n" + output));
        return JSON.readValue(result.substring(RESULT.length()), Rate.class);
    }
}
