package dev.belfry.testkit;

import dev.belfry.host.files.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A temporary folder that is deleted after the test. */
record TestFolder(TempFolder folder) implements AutoCloseable {

    static TestFolder create(String prefix) {
        try {
            return new TestFolder(TempFolder.create(prefix));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return folder.path();
    }

    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
