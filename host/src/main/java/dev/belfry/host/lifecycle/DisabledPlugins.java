package dev.belfry.host.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;

/** The plugins that an operator has disabled, stored in a file with one id per line. */
public final class DisabledPlugins {

    private final Path file;
    private final Set<String> ids;

    private DisabledPlugins(Path file, Set<String> ids) {
        this.file = file;
        this.ids = ids;
    }

    public static DisabledPlugins in(Path file) {
        try {
            Set<String> ids = new TreeSet<>();
            if (Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(ids::add);
            }
            return new DisabledPlugins(file, ids);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of disabled plugins cannot be read: " + file, e);
        }
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    /** Writes the file first: a confirmed change survives a crash. */
    synchronized void add(String id) {
        Set<String> next = new TreeSet<>(ids);
        if (next.add(id)) {
            write(next);
            ids.add(id);
        }
    }

    synchronized void remove(String id) {
        Set<String> next = new TreeSet<>(ids);
        if (next.remove(id)) {
            write(next);
            ids.remove(id);
        }
    }

    private void write(Set<String> next) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "disabled", ".part");
            Files.write(part, next);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of disabled plugins cannot be written: " + file, e);
        }
    }
}
