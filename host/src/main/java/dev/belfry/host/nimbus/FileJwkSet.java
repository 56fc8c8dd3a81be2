package dev.belfry.host.nimbus;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import dev.belfry.api.ConfigurationException;
import dev.belfry.host.config.NamedFile;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.watch.FileFingerprint;
import dev.belfry.host.watch.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JWK set in a file, reloaded when the file changes. If a reload fails, the previous keys stay in use. Lookups notice a
 * change at once; the watch reports a file that cannot be read.
 */
final class FileJwkSet implements IssuerKeys {

    private static final Logger LOG = LoggerFactory.getLogger(FileJwkSet.class);

    private final Path file;
    private volatile State state;

    private record State(JWKSet keys, FileFingerprint fingerprint, long version) {}

    /** @throws ConfigurationException when the file cannot be read, which {@link #check} would have said */
    FileJwkSet(Path file, FileWatch watch) {
        this.file = file;
        // Watch first, then read: no change in between is lost.
        watch.watch(file, this::reload);
        try {
            state = new State(read(file).keys(), fingerprint(), 0);
        } catch (IOException | ParseException e) {
            throw new ConfigurationException(List.of(file + ": the keys cannot be read: " + reason(file, e)));
        }
    }

    /** Says why the keys of a file cannot be used, or which of them are left out. */
    static void check(NamedFile named, Consumer<String> warnings, Consumer<String> faults) {
        Path file = named.path();
        try {
            JwkSetReader entries = read(file);
            if (entries.keys().isEmpty()) {
                entries.faults().forEach(fault -> faults.accept(file + ": " + fault));
            } else if (!entries.faults().isEmpty()) {
                warnings.accept(ignored(file, entries));
            }
        } catch (IOException | ParseException e) {
            faults.accept(
                    named.exists()
                            ? file + ": the keys cannot be read: " + reason(file, e)
                            : "the file " + named.absence());
        }
    }

    private static String ignored(Path file, JwkSetReader entries) {
        return "invalid keys in " + file + " are ignored, the others are used: " + String.join("; ", entries.faults());
    }

    private static String reason(Path file, Exception failure) {
        return failure instanceof IOException e ? RegularFile.reason(file, e) : String.valueOf(failure.getMessage());
    }

    private void reload() throws IOException {
        // Also throws for a file that was readable when a lookup noticed its change.
        RegularFile.open(file).close();
        current();
    }

    @Override
    public long version() {
        return current().version();
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(current().keys());
    }

    /** Checking the file's attributes takes microseconds, so every lookup does it. */
    private State current() {
        State now = state;
        try {
            FileFingerprint fingerprint = fingerprint();
            return fingerprint.equals(now.fingerprint()) ? now : readAgain(fingerprint);
        } catch (IOException e) {
            return now;
        }
    }

    private synchronized State readAgain(FileFingerprint fingerprint) {
        State now = state;
        if (fingerprint.equals(now.fingerprint())) {
            return now;
        }
        try {
            JwkSetReader entries = read(file);
            now = new State(entries.keys(), fingerprint, now.version() + 1);
            LOG.info("the keys in {} have been reloaded", file);
            if (!entries.faults().isEmpty()) {
                LOG.warn(ignored(file, entries));
            }
        } catch (IOException | ParseException e) {
            LOG.error("{} cannot be reloaded; the previous keys stay in use: {}", file, reason(file, e));
            now = new State(now.keys(), fingerprint, now.version());
        }
        state = now;
        return now;
    }

    private static JwkSetReader read(Path file) throws IOException, ParseException {
        return JwkSetReader.read(RegularFile.text(Files.readAllBytes(file)));
    }

    private FileFingerprint fingerprint() throws IOException {
        return FileFingerprint.in(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    }
}
