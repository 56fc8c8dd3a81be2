package dev.belfry.host.lifecycle;

import dev.belfry.api.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The plugins that an operator has disabled, stored in a file with one id per line. */
public final class DisabledPlugins {

    /** Its name in the data directory. */
    public static final String FILE = "disabled-plugins";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final Set<String> ids;

    private DisabledPlugins(Path file, Set<String> ids) {
        this.file = file;
        this.ids = ids;
    }

    /** @throws ConfigurationException when the file cannot be read, or has a line that is not a plugin id */
    public static DisabledPlugins in(Path file) {
        try {
            return new DisabledPlugins(file, Files.exists(file) ? idsIn(file) : new TreeSet<>());
        } catch (IOException e) {
            throw new ConfigurationException(
                    List.of(file + ": the list of disabled plugins cannot be read: " + e.getMessage()));
        }
    }

    private static Set<String> idsIn(Path file) throws IOException {
        // Ids are ASCII, so a file in another encoding has a line that is not an id.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<String> lines = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .toList();
        Set<String> ids = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !Descriptor.isId(line)) {
                throw new ConfigurationException(List.of(file + ":" + (i + 1) + ": '" + line
                        + "' is not a plugin id; each line of this UTF-8 file must be the id of a disabled plugin"));
            }
            ids.add(line);
        }
        ids.remove("");
        return ids;
    }

    /** The remedy if a request to enable the plugin fails because the plugin is disabled. */
    public static String wayOut() {
        return "Take it out of 'ports' and restart the host, or stop the host and remove its line from the file " + FILE
                + " in the data directory";
    }

    public synchronized boolean contains(String id) {
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
