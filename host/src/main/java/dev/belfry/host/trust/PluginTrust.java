package dev.belfry.host.trust;

import dev.belfry.host.config.DynamicPluginSettings;
import dev.belfry.host.config.DynamicPluginSettings.Listed;
import dev.belfry.host.config.DynamicPluginSettings.TrustPolicy;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
                settings.trust() == TrustPolicy.SIGNED ? settings.certificates().map(Signatures::trusting) : Optional.empty();
    }

    /**
     * Looks at a dropped file before anything of it is copied.
     *
     * @throws Refusal when it may not run
     */
    public void check(Path dropped) throws Refusal {
        Optional<Listed> listed = listed(dropped);
        if (listed.filter(Listed::disabled).isPresent()) {
            throw Refusal.disabled("it is disabled in " + listed.get().place());
        }
        requireSize(dropped);
        if (settings.trust() == TrustPolicy.LISTED && listed.isEmpty()) {
            throw new Refusal(
                    "it is not listed in dynamicPlugins.plugins, and dynamicPlugins.trust is 'listed'; its entry"
                            + " would be: {package: " + dropped.getFileName() + ", integrity: " + integrityOf(dropped)
                            + "}");
        }
        checkContent(dropped, dropped);
        if (signatures.isPresent()) {
            signatures.get().check(dropped, mostUnpacked());
        }
    }

    /**
     * The dropped file may have changed since {@link #check}. The signatures of a copy are checked as its entries are read.
     *
     * @param content what is going to be used
     * @throws Refusal when it is not what is listed
     */
    public void checkContent(Path dropped, Path content) throws Refusal {
        Optional<Listed> listed = listed(dropped);
        if (listed.isPresent() && listed.get().integrity().isPresent()) {
            requireIntegrity(content, listed.get(), listed.get().integrity().get());
        }
    }

    private Optional<Listed> listed(Path dropped) {
        String name = String.valueOf(dropped.getFileName());
        return settings.plugins().stream()
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
        if (size > settings.maxSize()) {
            throw new Refusal(
                    "it has " + size + " bytes; at most " + settings.maxSize() + " are taken (dynamicPlugins.maxSize)");
        }
    }

    private static Refusal unreadable(Path file, IOException failure) {
        String reason = "it cannot be read: " + RegularFile.reason(file, failure);
        return failure instanceof RegularFile.NotRegular
                ? new Refusal(reason, failure)
                : Refusal.passing(reason, failure);
    }

    /** The most bytes that a JAR may have. */
    public long maxSize() {
        return settings.maxSize();
    }

    /** The most bytes that the entries of a JAR may have in all. */
    public long mostUnpacked() {
        return 2 * settings.maxSize();
    }

    /** Whose signatures every entry must have; empty where none are asked for. */
    public Optional<Signatures> signatures() {
        return signatures;
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
        try (InputStream in = RegularFile.open(jar)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return algorithm + "-" + Base64.getEncoder().encodeToString(digest.digest());
        } catch (IOException e) {
            throw unreadable(jar, e);
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
