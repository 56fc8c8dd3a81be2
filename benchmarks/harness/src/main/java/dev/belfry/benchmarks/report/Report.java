package dev.belfry.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.belfry.benchmarks.load.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All of one run.
 *
 * @param sizes in rising order
 */
public record Report(Machine machine, List<Long> sizes, Results results, List<Figure> figures) {

    /** At which size subjects are compared: the bars are set for a million. */
    private static final long COMPARED = 1_000_000;

    private long compared() {
        return sizes.contains(COMPARED) ? COMPARED : sizes.getLast();
    }

    /** Writes the table, the raw figures and the picture. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Bar> bars = Bars.of(results, compared(), sizes.getFirst(), sizes.getLast(), figures);
        Files.writeString(folder.resolve("results.md"), new Markdown(this, bars).text());
        Files.writeString(folder.resolve("results.json"), json(bars));
        Files.writeString(folder.resolve("results.svg"), new Picture(results, compared()).svg());
    }

    private record Measured(long size, String subject, String name, int connections, List<Rate> rounds) {}

    private String json(List<Bar> bars) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("machine", machine.describe());
        content.put(
                "bars",
                bars.stream()
                        .map(bar -> bar.number() + ". " + bar.what() + ": " + bar.shownValue() + " (" + bar.rule()
                                + ") " + bar.verdict())
                        .toList());
        content.put("figures", figures);
        content.put(
                "rates",
                results.rounds().entrySet().stream()
                        .map(entry -> new Measured(
                                entry.getKey().size(),
                                entry.getKey().subject().title(),
                                entry.getKey().name().title(),
                                entry.getKey().connections(),
                                entry.getValue()))
                        .toList());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(content);
    }
}
