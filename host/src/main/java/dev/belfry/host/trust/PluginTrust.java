package dev.belfry.host.trust;

import dev.belfry.host.config.DynamicPluginSettings;
import dev.belfry.host.config.DynamicPluginSettings.Listed;
import dev.belfry.host.config.DynamicPluginSettings.Trust;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Decides which JARs may run, before anything in them is looked at. */
public final class PluginTrust {

    private final DynamicPluginSettings settings;
    private final Optional<Signatures> signatures;

    /** @throws dev.belfry.api.ConfigurationException when the certificates cannot be read */
    public PluginTrust(DynamicPluginSettings settings) {
        this.settings = settings;
        this.signatures =
                settings.trust() == Trust.SIGNED ? settings.certificates().map(Signatures::trusting) : Optional.empty();
    }

    /**
     * @param name the dropped file's
     * @param copy what is going to run: the dropped file may change meanwhile
     * @throws Refusal when it may not run
     */
    public void check(String name, Path copy) throws Refusal {
        Optional<Listed> listed = settings.plugins().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
        if (listed.filter(Listed::disabled).isPresent()) {
            throw Refusal.disabled("it is disabled in " + listed.get().place());
        }
        if (settings.trust() == Trust.LISTED && listed.isEmpty()) {
            throw new Refusal(
                    "it is not listed in dynamicPlugins.plugins, and dynamicPlugins.trust is 'listed'; its entry"
                            + " would be: {package: " + name + ", integrity: " + integrityOf(copy) + "}");
        }
        if (listed.isPresent() && listed.get().integrity().isPresent()) {
            requireIntegrity(copy, listed.get(), listed.get().integrity().get());
        }
        if (signatures.isPresent()) {
            signatures.get().check(copy);
        }
    }

    private static void requireIntegrity(Path copy, Listed listed, String expected) throws Refusal {
        String algorithm = expected.substring(0, expected.indexOf('-'));
        String found = hash(copy, algorithm);
        if (!MessageDigest.isEqual(found.getBytes(), expected.getBytes())) {
            throw new Refusal("its content is not what " + listed.place() + " expects: integrity is " + found
                    + ", expected is " + expected);
        }
    }

    /** As it is written in the configuration: {@code sha512-} and the hash in base64. */
    public static String integrityOf(Path jar) throws Refusal {
        return hash(jar, "sha512");
    }

    private static String hash(Path jar, String algorithm) throws Refusal {
        try (InputStream in = Files.newInputStream(jar)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return algorithm + "-" + Base64.getEncoder().encodeToString(digest.digest());
        } catch (IOException e) {
            throw new Refusal("it cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }

    /** Entries that are meant to run and cannot, since they are no JARs, with the reason. */
    public Map<Path, Refusal> unusable() {
        Map<Path, Refusal> unusable = new LinkedHashMap<>();
        settings.plugins().stream()
                .filter(entry -> !entry.disabled() && !entry.isJar())
                .forEach(entry -> unusable.put(
                        Path.of(entry.name().replace(':', '_').replace('/', '_')),
                        new Refusal("'" + entry.name() + "' in " + entry.place()
                                + " is no JAR: nothing is downloaded; put the JAR into the folder of dynamic plugins and"
                                + " give its file name")));
        return unusable;
    }
}
