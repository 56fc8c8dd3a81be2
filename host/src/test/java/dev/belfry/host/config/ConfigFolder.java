package dev.belfry.host.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.ConfigurationException;
import dev.belfry.host.settings.HostSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A folder with configuration files, and an environment. */
public final class ConfigFolder {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Notices notices = new Notices();

    public ConfigFolder(Path folder) {
        this.folder = folder;
    }

    public ConfigFolder file(String name, String content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ConfigFolder variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Config load(String... files) {
        Config loaded = Config.load(Arrays.stream(files).map(Path::of).toList(), environment, folder);
        notices = loaded.notices();
        return loaded;
    }

    /** The problems of files that cannot be loaded. */
    List<String> faultsOf(String... files) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(files))
                .faults();
    }

    /** The keys without effect in the files that were loaded last. */
    public Set<String> ignored() {
        return notices.ignored();
    }

    /** The notices about the files that were loaded last. */
    Notices notices() {
        return notices;
    }

    /** The warnings about the files that were loaded last. */
    public List<String> warnings() {
        return notices.warnings();
    }

    /** The settings of a single file with this content. */
    public HostSettings settings(String content) {
        return HostSettings.from(file("app.yaml", content).load("app.yaml"));
    }

    /** The problems of a single file with this content. */
    public List<String> faults(String content) {
        return catchThrowableOfType(ConfigurationException.class, () -> settings(content))
                .faults();
    }
}
