package dev.belfry.host.operations;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files that are compressed at their first use, and kept. */
final class CompressedFiles {

    private final Source source;
    private final Map<String, CompressedFile> files = new ConcurrentHashMap<>();

    /** Opens a file by its name. */
    @FunctionalInterface
    interface Source {
        InputStream open(String name) throws IOException;
    }

    CompressedFiles(Source source) {
        this.source = source;
    }

    /** @param type content type of the responses with this file */
    CompressedFile file(String name, String type) throws IOException {
        CompressedFile file = files.get(name);
        if (file == null) {
            // Two concurrent requests may both do this; the results are equal.
            try (InputStream in = source.open(name)) {
                file = CompressedFile.read(type, in);
            }
            files.put(name, file);
        }
        return file;
    }
}
