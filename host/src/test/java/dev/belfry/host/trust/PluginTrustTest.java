package dev.belfry.host.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belfry.api.Plugin;
import dev.belfry.api.PluginContext;
import dev.belfry.api.access.Access;
import dev.belfry.host.PluginJar;
import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.PluginStatus;
import dev.belfry.host.lifecycle.State;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JARs may run. */
class PluginTrustTest {

    /** Returns its configuration. */
    public static final class BellPlugin implements Plugin {

        /** The section {@code bell}. */
        public record BellConfig(
                @Nullable String tone, @Nullable Integer weight) {}

        @Override
        public void start(PluginContext context) {
            BellConfig config = context.config(BellConfig.class);
            context.routes(routes -> routes.get(
                    "/", Access.PUBLIC, (request, caller) -> request.result(config.tone() + " " + config.weight())));
        }
    }

    @TempDir
    private Path folder;

    private Path drop;
    private Path jar;

    @BeforeEach
    void dropABell() {
        drop = RunningHost.dropFolder(folder);
        jar = PluginJar.of(BellPlugin.class, "bell", "1.0.0").writeTo(drop.resolve("bell.jar"));
    }

    private RunningHost start(String dynamicPlugins, String... more) {
        return RunningHost.start(folder, "dynamicPlugins: " + dynamicPlugins + "\n" + String.join("\n", more));
    }

    private void assertNotTaken(String dynamicPlugins, State state, String... reason) {
        try (RunningHost host = start(dynamicPlugins)) {
            PluginStatus bell = host.plugin("bell");
            assertThat(bell.state()).isEqualTo(state);
            assertThat(bell.reason().orElseThrow()).contains(reason);
            assertThat(host.get("/api/bell/").statusCode()).isIn(404, 503);
        }
    }

    private void assertTaken(String dynamicPlugins) {
        try (RunningHost host = start(dynamicPlugins)) {
            assertThat(host.plugin("bell").reason()).isEmpty();
            assertThat(host.get("/api/bell/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anUnlistedJarIsRefusedWithItsEntry() throws Exception {
        assertNotTaken(
                "{ trust: listed }",
                State.FAILED,
                "it is not listed",
                "{package: bell.jar, integrity: " + PluginTrust.integrityOf(jar) + "}");
    }

    @Test
    void aListedJarRuns() throws Exception {
        assertTaken("{ trust: listed, plugins: [ { package: ./plugins/bell.jar, integrity: "
                + PluginTrust.integrityOf(jar) + " } ] }");
    }

    @Test
    void contentThatDiffersFromItsHashIsRefusedInEveryMode() throws Exception {
        String other = PluginTrust.integrityOf(
                PluginJar.of(BellPlugin.class, "bell", "1.0.1").writeTo(folder.resolve("other.jar")));
        for (String trust : new String[] {"any", "listed"}) {
            assertNotTaken(
                    "{ trust: " + trust + ", plugins: [ { package: bell.jar, integrity: " + other + " } ] }",
                    State.FAILED,
                    "more.yaml:1 expects",
                    PluginTrust.integrityOf(jar),
                    other);
        }
    }

    @Test
    void aDisabledJarIsListedAsDisabled() {
        assertNotTaken(
                "{ plugins: [ { package: bell.jar, disabled: true } ] }",
                State.DISABLED,
                "its entry in",
                "more.yaml:1");
    }

    @Test
    void allInvalidEntriesAreReportedAtOnce() {
        assertThatThrownBy(() -> start("""

                          trust: listed
                          plugins:
                            - package: a.jar
                            - package: b.jar
                              integrity: md5-abc
                            - pakage: c.jar
                        """))
                .hasMessageContaining("dynamicPlugins.plugins[2].pakage: unknown key; did you mean 'package'?");
        assertThatThrownBy(() -> start("""

                          trust: listed
                          plugins:
                            - package: a.jar
                            - package: b.jar
                              integrity: md5-abc
                        """))
                .hasMessageContaining(
                        "more.yaml:4: dynamicPlugins.plugins[0].integrity: is required where trust is listed")
                .hasMessageContaining("must be sha512-, sha384- or sha256- and a hash in base64, not 'md5-abc'");
        assertThatThrownBy(() -> start("{ plugins: [ { package: a.jar }, { pakage: c.jar } ] }"))
                .hasMessageContaining("more.yaml:1: dynamicPlugins.plugins[1].package: is required, and missing");
        assertThatThrownBy(() -> start("{ trust: signed }"))
                .hasMessageContaining("dynamicPlugins.certificates: is required where trust is signed");
    }

    @Test
    void aJarWhoseHashCannotBeReadIsRefusedAndTheHostStarts() {
        assertNotTaken(
                "{ plugins: [ { package: bell.jar, integrity: md5-abc }, { pullPolicy: Always } ] }",
                State.FAILED,
                "the integrity in",
                "more.yaml:1",
                "must be sha512-, sha384- or sha256- and a hash in base64");
    }

    @Test
    void aFileInTheFormatOfDeveloperHubIsRead() throws IOException {
        Files.writeString(folder.resolve("defaults.yaml"), """
                plugins:
                  - package: ./dynamic-plugins/dist/backstage-plugin-techdocs
                    disabled: true
                  - package: ./plugins/bell.jar
                    disabled: true
                    pluginConfig: { bell: { tone: low, weight: 3 } }
                """);
        Files.writeString(folder.resolve("dynamic-plugins.yaml"), """
                includes: [ defaults.yaml ]
                plugins:
                  - package: ./plugins/bell.jar
                    disabled: false
                    pullPolicy: IfNotPresent
                  - package: oci://quay.io/somebody/plugin:1.0!backstage-plugin
                    pluginConfig:
                      dynamicPlugins: { frontend: { some.plugin: {} } }
                      catalog: { providers: {} }
                """);
        try (RunningHost host = start("{ file: dynamic-plugins.yaml }", "bell: { tone: high }")) {
            // The operator's own section overrides the entry's values.
            assertThat(host.get("/api/bell/").body()).isEqualTo("high 3");
            // Packages of other hosts are no failed plugins.
            assertThat(host.plugins()).hasSize(1);
        }
    }

    @Test
    void contradictingEntriesAreAProblem() {
        assertThatThrownBy(() -> start("""

                          plugins:
                            - package: a.jar
                              pluginConfig: { bell: { tone: low } }
                            - package: b.jar
                              pluginConfig: { bell: { tone: high } }
                        """)).hasMessageContaining("pluginConfig.bell.tone: differs from the value at");
    }

    @Test
    void aJarOfATrustedSignerRuns() throws Exception {
        SigningKey key = SigningKey.make(folder, "ringer");
        key.writeCertificate(folder.resolve("ringers.pem"));
        key.sign(jar, folder.resolve("signed.jar"));
        Files.move(folder.resolve("signed.jar"), jar, StandardCopyOption.REPLACE_EXISTING);

        assertTaken("{ trust: signed, certificates: ringers.pem }");
    }

    @Test
    void anUnsignedOrUntrustedJarIsRefused() throws Exception {
        SigningKey.make(folder, "ringer").writeCertificate(folder.resolve("ringers.pem"));
        String trust = "{ trust: signed, certificates: ringers.pem }";
        assertNotTaken(trust, State.FAILED, "is not signed, and dynamicPlugins.trust is 'signed'");

        SigningKey.make(folder, "stranger").sign(jar, folder.resolve("signed.jar"));
        Files.move(folder.resolve("signed.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
        assertNotTaken(trust, State.FAILED, "it is signed by CN=stranger, whose certificate is not trusted");
    }

    @Test
    void aSignatureWithAnExpiredCertificateIsNotTrusted() throws Exception {
        SigningKey key = SigningKey.make(folder, "ringer", "-startdate", "-2d", "-validity", "1");
        key.writeCertificate(folder.resolve("ringers.pem"));
        key.sign(jar, folder.resolve("signed.jar"));
        Files.move(folder.resolve("signed.jar"), jar, StandardCopyOption.REPLACE_EXISTING);

        assertNotTaken("{ trust: signed, certificates: ringers.pem }", State.FAILED, "valid today");
    }

    @Test
    void aSignedJarThatWasChangedIsRefused() throws Exception {
        SigningKey key = SigningKey.make(folder, "ringer");
        key.writeCertificate(folder.resolve("ringers.pem"));
        key.sign(jar, folder.resolve("signed.jar"));
        Files.move(folder.resolve("signed.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.writeString(inside.getPath("added.txt"), "afterwards");
        }
        assertNotTaken(
                "{ trust: signed, certificates: ringers.pem }", State.FAILED, "its entry added.txt is not signed");

        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.delete(inside.getPath("added.txt"));
            Files.writeString(inside.getPath("META-INF/services/dev.belfry.api.Plugin"), "dev.nobody.Evil");
        }
        assertNotTaken("{ trust: signed, certificates: ringers.pem }", State.FAILED, "its signature is invalid");
    }

    @Test
    void aClassWithATrailingSlashAddedToASignedJarIsRefused() throws Exception {
        SigningKey key = SigningKey.make(folder, "ringer");
        key.writeCertificate(folder.resolve("ringers.pem"));
        Path signed = key.sign(jar, folder.resolve("signed.jar"));
        try (ZipFile in = new ZipFile(signed.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                in.getInputStream(entry).transferTo(out);
            }
            out.putNextEntry(new ZipEntry("org/jooq/impl/DSL.class/"));
            out.write(new byte[] {1, 2, 3});
        }
        assertNotTaken(
                "{ trust: signed, certificates: ringers.pem }",
                State.FAILED,
                "is named like a folder, but has content");
    }

    @Test
    void theCopyOfASignedJarContainsOnlySignedEntries() throws Exception {
        SigningKey key = SigningKey.make(folder, "ringer");
        key.writeCertificate(folder.resolve("ringers.pem"));
        Path signed = key.sign(jar, folder.resolve("signed.jar"));
        Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.writeString(inside.getPath("META-INF/SIG-NOBODYS"), "counts as part of a signature");
        }
        try (RunningHost host = start("{ trust: signed, certificates: ringers.pem }");
                Stream<Path> copies = Files.list(folder.resolve("data/plugins"))) {
            assertThat(host.get("/api/bell/").statusCode()).isEqualTo(200);
            try (ZipFile copy = new ZipFile(copies.findFirst().orElseThrow().toFile())) {
                assertThat(copy.stream().map(ZipEntry::getName))
                        .contains("META-INF/MANIFEST.MF")
                        .noneMatch(name -> name.startsWith("META-INF/SIG-"));
            }
        }
    }

    @Test
    void aFileWithoutCertificatesIsAProblem() throws IOException {
        Files.writeString(folder.resolve("ringers.pem"), "nobody");
        assertThatThrownBy(() -> start("{ trust: signed, certificates: ringers.pem }"))
                .hasMessageContaining("is not a PEM file with certificates");
    }
}
