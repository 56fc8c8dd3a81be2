package dev.belfry.host.pf4j;

import dev.belfry.host.files.RegularFile;
import dev.belfry.host.files.UnreadableJar;
import dev.belfry.host.lifecycle.Descriptor;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.trust.PluginArchive;
import dev.belfry.host.trust.PluginTrust;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Checks a dropped JAR and creates the copy with the checked content. */
final class JarIntake {

    private static final int LONGEST_SERVICE_FILE = 64 * 1024;

    private final Descriptors descriptors;
    private final JarStore store;
    private final PluginTrust trust;

    JarIntake(Descriptors descriptors, JarStore store, PluginTrust trust) {
        this.descriptors = descriptors;
        this.store = store;
        this.trust = trust;
    }

    /** @throws Refusal when the JAR is not a valid plugin */
    AcceptedJar take(Path dropped) throws Refusal {
        try {
            trust.check(dropped);
            return takeCopy(dropped);
        } catch (IOException e) {
            throw Refusal.passing("it cannot be copied: " + e.getMessage(), e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new Refusal("it cannot be checked: " + e, e);
        }
    }

    /** The plugin that a refused file claims to be, for messages only; empty when the file does not tell. */
    Optional<String> claimedId(Path dropped) {
        try {
            if (RegularFile.attributes(dropped).size() > trust.maxSize()) {
                return Optional.empty();
            }
            try (PluginArchive archive = PluginArchive.open(dropped, false, trust.mostUnpacked())) {
                return Optional.ofNullable(archive.jar().getManifest()).flatMap(Descriptors::idIn);
            }
        } catch (IOException | Refusal | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The dropped file may change at any time, so everything is read from a private copy. */
    private AcceptedJar takeCopy(Path dropped) throws IOException, Refusal {
        Path raw = store.newPart();
        try {
            JarStore.copy(dropped, raw, trust.maxSize());
            trust.checkContent(dropped, raw);
            return examine(dropped, raw);
        } finally {
            Files.deleteIfExists(raw);
        }
    }

    private AcceptedJar examine(Path dropped, Path raw) throws IOException, Refusal {
        Path part = store.newPart();
        try (PluginArchive archive = PluginArchive.open(raw, trust.signatures().isPresent(), trust.mostUnpacked())) {
            Descriptor descriptor = descriptors.read(manifestOf(archive.jar()));
            refusePackedHostPackages(archive);
            String provider = providerIn(archive.jar());
            Map<String, byte[]> exported = write(
                    part,
                    new JarScan(archive, name -> descriptor.exports().contains(packageOf(name)), trust.signatures()));
            requireContent(descriptor.exports(), exported.keySet());
            return new AcceptedJar(dropped, store.keep(part), descriptor, provider, exported);
        } catch (CopyFailed e) {
            throw e;
        } catch (IOException e) {
            throw Refusal.ofOpening(UnreadableJar.reason(dropped, e), e);
        } catch (SecurityException e) {
            throw new Refusal("it is not a readable JAR: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Map<String, byte[]> write(Path part, JarScan scan) throws IOException, Refusal {
        try (OutputStream out = new BufferedOutputStream(new PartStream(part))) {
            return scan.copyTo(out);
        }
    }

    /** The host's own disk failed; the JAR may be valid. */
    private static final class CopyFailed extends IOException {
        private static final long serialVersionUID = 1L;

        CopyFailed(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private static final class PartStream extends FilterOutputStream {
        PartStream(Path part) throws IOException {
            super(Files.newOutputStream(part));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new CopyFailed(e);
            }
        }
    }

    private static Manifest manifestOf(JarFile jar) throws IOException, Refusal {
        Manifest manifest = jar.getManifest();
        if (manifest == null) {
            throw new Refusal("it has no " + JarFile.MANIFEST_NAME + ", so the plugin is unknown");
        }
        String classPath = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        if (classPath != null) {
            throw new Refusal("its manifest has the attribute Class-Path (" + classPath
                    + "): a plugin is one JAR, and files beside it are neither checked nor loaded. Pack the"
                    + " libraries into the JAR, and remove the attribute");
        }
        return manifest;
    }

    private static void refusePackedHostPackages(PluginArchive archive) throws Refusal {
        Optional<String> packed = archive.entries().stream()
                .map(JarEntry::getName)
                .flatMap(entry -> ClassRules.hostOnlyPackageOf(entry).stream())
                .findFirst();
        if (packed.isPresent()) {
            throw new Refusal("it packs the package " + packed.get()
                    + ", which the host provides: give the dependency the scope 'provided'");
        }
    }

    private static String providerIn(JarFile jar) throws IOException, Refusal {
        JarEntry file = jar.getJarEntry(Providers.SERVICE_FILE);
        if (file == null) {
            throw new Refusal("it has no " + Providers.SERVICE_FILE + ", so the plugin class is unknown");
        }
        if (file.getSize() > LONGEST_SERVICE_FILE) {
            throw new Refusal(Providers.SERVICE_FILE + " has more than " + LONGEST_SERVICE_FILE + " bytes");
        }
        try (InputStream in = jar.getInputStream(file)) {
            return Providers.only(Providers.namesIn(in));
        }
    }

    private static void requireContent(List<String> exports, Set<String> classes) throws Refusal {
        for (String exported : exports) {
            if (classes.stream().noneMatch(name -> packageOf(name).equals(exported))) {
                throw new Refusal("Plugin-Exports names the package " + exported + ", of which it has no class");
            }
        }
    }

    private static String packageOf(String className) {
        int end = className.lastIndexOf('.');
        return end < 0 ? "" : className.substring(0, end);
    }
}
