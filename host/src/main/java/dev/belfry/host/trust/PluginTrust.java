package dev.belfry.host.trust;

import dev.belfry.host.files.Digests;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.settings.DynamicPluginSettings;
import dev.belfry.host.settings.DynamicPluginSettings.Listed;
import dev.belfry.host.settings.DynamicPluginSettings.TrustPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Decides which JARs may run, before their content is used. */
public final class PluginTrust {

    private volatile Rules rules;

    private record Rules(DynamicPluginSettings settings, Optional<Signatures> signatures) {}

    /** @throws dev.belfry.api.ConfigurationException when the certificates cannot be read */
    public PluginTrust(DynamicPluginSettings settings) {
        rules = rules(settings);
    }

    private static Rules rules(DynamicPluginSettings settings) {
        return new Rules(
                settings,
                settings.trust() == TrustPolicy.SIGNED
                        ? settings.certificates().map(Signatures::trusting)
                        : Optional.empty());
    }

    /**
     * From now on, other JARs may run.
     *
     * @throws dev.belfry.api.ConfigurationException when the certificates cannot be read; the rules stay
     */
    public void use(DynamicPluginSettings settings) {
        rules = rules(settings);
    }

    private DynamicPluginSettings settings() {
        return rules.settings();
    }

    /**
     * Checks a dropped file before it is copied.
     *
     * @throws Refusal when it may not run
     */
    public void check(Path dropped) throws Refusal {
        Optional<Listed> listed = listed(dropped);
        if (listed.filter(Listed::isDisabled).isPresent()) {
            throw Refusal.disabled("its entry in " + listed.get().place() + " disables it");
        }
        Optional<String> wrong = listed.flatMap(Listed::wrongIntegrity);
        if (wrong.isPresent()) {
            throw Refusal.notAllowed("the integrity in " + listed.get().place() + " " + wrong.get(), null);
        }
        requireSize(dropped);
        if (settings().trust() == TrustPolicy.LISTED && listed.isEmpty()) {
            throw Refusal.notListed(
                    "it is not listed in dynamicPlugins.plugins, and dynamicPlugins.trust is 'listed'; its entry"
                            + " would be: {package: " + dropped.getFileName() + ", integrity: " + integrityOf(dropped)
                            + "}");
        }
        checkContent(dropped, dropped);
        Optional<Signatures> signatures = signatures();
        if (signatures.isPresent()) {
            signatures.get().check(dropped, mostUnpacked());
        }
    }

    /**
     * Checks the copy, since the dropped file may have changed after {@link #check}. Signatures are checked while
     * entries are read.
     *
     * @param content the copy that will be used
     * @throws Refusal when it is not the listed content
     */
    public void checkContent(Path dropped, Path content) throws Refusal {
        Optional<Listed> listed = listed(dropped);
        if (listed.isPresent() && listed.get().integrity().isPresent()) {
            requireIntegrity(
                    content,
                    listed.get().integrity().get(),
                    listed.get().place().toString());
        }
    }

    private Optional<Listed> listed(Path dropped) {
        String name = String.valueOf(dropped.getFileName());
        return settings().plugins().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst();
    }

    private void requireSize(Path dropped) throws Refusal {
        long size;
        try {
            size = RegularFile.attributes(dropped).size();
        } catch (IOException e) {
            throw unreadable(dropped, e);
        }
        if (size > settings().maxSize()) {
            throw new Refusal(
                    "it has " + size + " bytes; the maximum is " + settings().maxSize() + " (dynamicPlugins.maxSize)");
        }
    }

    private static Refusal unreadable(Path file, IOException failure) {
        String reason = "it cannot be read: " + RegularFile.reason(file, failure);
        return failure instanceof RegularFile.NotRegular
                ? new Refusal(reason, failure)
                : Refusal.passing(reason, failure);
    }

    /** The maximum size of a JAR in bytes. */
    public long maxSize() {
        return settings().maxSize();
    }

    /** The maximum size of all entries of a JAR in bytes. */
    public long mostUnpacked() {
        return 2 * settings().maxSize();
    }

    /** The trusted signatures, which every entry must have; empty when signatures are not required. */
    public Optional<Signatures> signatures() {
        return rules.signatures();
    }

    /**
     * Compares the hash of a file.
     *
     * @param expected as in the configuration
     * @param place where it is written, for the message
     * @throws Refusal when the hash is another one
     */
    public static void requireIntegrity(Path copy, String expected, String place) throws Refusal {
        String algorithm = expected.substring(0, expected.indexOf('-'));
        String found = hash(copy, algorithm);
        if (!MessageDigest.isEqual(found.getBytes(), expected.getBytes())) {
            throw Refusal.notAllowed(
                    "its content is not what " + place + " expects: the integrity is " + found + ", expected is "
                            + expected,
                    null);
        }
    }

    /** The hash as in the configuration: {@code sha512-} and the hash in base64. */
    public static String integrityOf(Path jar) throws Refusal {
        return hash(jar, "sha512");
    }

    private static String hash(Path jar, String algorithm) throws Refusal {
        try (InputStream in = RegularFile.open(jar)) {
            MessageDigest digest = Digests.of(algorithm.replace("sha", "SHA-"));
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return algorithm + "-" + Base64.getEncoder().encodeToString(digest.digest());
        } catch (IOException e) {
            throw unreadable(jar, e);
        }
    }
}
