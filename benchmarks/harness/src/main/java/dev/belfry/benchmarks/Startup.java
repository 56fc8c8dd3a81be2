package dev.belfry.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.benchmarks.report.Figure;
import dev.belfry.benchmarks.report.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How long a start takes and how much memory it leaves taken, as the script beside this measures it. */
final class Startup {

    private Startup() {}

    /** @param script which prints a line of JSON with the medians last */
    static List<Figure> measure(Path script, Path distribution) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(script.toString(), distribution.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(script + " failed:\n" + output);
        }
        JsonNode medians = new ObjectMapper().readTree(output.lines().toList().getLast());
        return List.of(
                new Figure(Figures.START, medians.path("firstAnswerMs").asDouble(), "ms"),
                new Figure(Figures.MEMORY, medians.path("rssMiB").asDouble(), "MiB"));
    }
}
