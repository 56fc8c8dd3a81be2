package dev.belfry.host.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The warnings of one reading of the catalog, a bounded number for each file. */
final class CatalogWarnings {

    static final int MAX_OF_FILE = 20;

    private final Map<String, List<String>> ofFiles = new LinkedHashMap<>();

    /** @param place a file or a URL */
    void add(Object place, Warning warning) {
        String name = place.toString();
        String line = warning.line() > 0 ? ":" + warning.line() : "";
        List<String> ofFile = ofFiles.computeIfAbsent(name, file -> new ArrayList<>());
        ofFile.add(ofFile.size() < MAX_OF_FILE ? name + line + ": " + warning.text() : "");
    }

    void add(Object place, String text) {
        add(place, new Warning(0, text));
    }

    /** Each as {@code path:line: text}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        ofFiles.forEach((name, warnings) -> {
            lines.addAll(warnings.subList(0, Math.min(warnings.size(), MAX_OF_FILE)));
            if (warnings.size() > MAX_OF_FILE) {
                lines.add(name + ": " + (warnings.size() - MAX_OF_FILE) + " more warnings");
            }
        });
        return lines;
    }
}
