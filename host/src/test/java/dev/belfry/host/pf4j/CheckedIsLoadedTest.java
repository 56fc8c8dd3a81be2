package dev.belfry.host.pf4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.belfry.api.Plugin;
import dev.belfry.host.DropFolder;
import dev.belfry.host.HostVersion;
import dev.belfry.host.PluginJar;
import dev.belfry.host.ProbePlugin;
import dev.belfry.host.config.NamedFiles;
import dev.belfry.host.lifecycle.Candidate;
import dev.belfry.host.lifecycle.Refusal;
import dev.belfry.host.settings.DynamicPluginSettings;
import dev.belfry.host.settings.DynamicPluginSettings.TrustPolicy;
import dev.belfry.host.trust.PluginTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin is loaded from exactly the content that was checked. */
class CheckedIsLoadedTest {

    private static final String CONVERTING =
            BadJarsTest.ConvertingPlugin.class.getName().replace('.', '/') + ".class";

    @TempDir
    private Path folder;

    private PluginDiscovery discovery() {
        return discovery(DynamicPluginSettings.DEFAULT_MAX_SIZE);
    }

    private PluginDiscovery discovery(long maxSize) {
        return new PluginDiscovery(
                HostVersion.current(),
                folder.resolve("store"),
                new PluginTrust(new DynamicPluginSettings(
                        NamedFiles.at(folder), TrustPolicy.ANY, Optional.empty(), maxSize, List.of())));
    }

    private static PluginJar probe() {
        return PluginJar.of(ProbePlugin.class, "probe", "1.0.0");
    }

    private String reasonAgainst(PluginJar jar) {
        return reasonAgainst(jar.writeTo(folder.resolve("probe.jar")));
    }

    private String reasonAgainst(Path jar) {
        return catchThrowableOfType(Refusal.class, () -> discovery().look(jar)).reason();
    }

    private Path onlyCopy() throws IOException {
        try (Stream<Path> copies = Files.list(folder.resolve("store"))) {
            List<Path> all = copies.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    @Test
    void aClassWhoseNameEndsInASlashIsRefused() throws IOException {
        assertThat(reasonAgainst(probe().bytes("org/jooq/impl/DSL.class/", bytesOf(DropFolder.class))))
                .contains("org/jooq/impl/DSL.class/", "is named like a folder, but has content");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
                some/Thing.txt; SOME/thing.TXT; have names that are equal
                some/thing; some/thing/; have names that are equal
                some/one; some\\one; one with \\
                some/one; some/../one; has a part '..'
                some/one; /some/one; begins with /
                some/one; some//one; contains //
                """)
    void ambiguousEntryNamesAreRefused(String one, String other, String reason) {
        assertThat(reasonAgainst(probe().file(one, "one").file(other, other.endsWith("/") ? "" : "other")))
                .contains(other, reason);
    }

    @Test
    void aDuplicateEntryIsRefused() throws IOException {
        Path jar = probe().file("entry-1", "one").file("entry-2", "other").writeTo(folder.resolve("probe.jar"));
        String patched = Files.readString(jar, StandardCharsets.ISO_8859_1).replace("entry-2", "entry-1");
        Files.writeString(jar, patched, StandardCharsets.ISO_8859_1);

        assertThat(reasonAgainst(jar)).contains("'entry-1' and 'entry-1' have names that are equal");
    }

    @Test
    void aFolderAndAFileWhoseNamesDifferInCaseAreAccepted() throws Refusal {
        Path jar = probe().file("META-INF/LICENSE", "free")
                .file("META-INF/license/", "")
                .file("META-INF/license/of-another.txt", "free, too")
                .writeTo(folder.resolve("probe.jar"));

        assertThat(discovery().look(jar).descriptor().id()).isEqualTo("probe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/versions/9/", "META-INF/", ""})
    void classesInAllFoldersAreChecked(String place) throws IOException {
        assertThat(reasonAgainst(probe().bytes(place + CONVERTING, bytesOf(BadJarsTest.ConvertingPlugin.class))))
                .contains("uses org.jooq.Converter of the host's jOOQ");
    }

    @Test
    void aHostPackageInAMultiReleaseFolderIsRefused() throws IOException {
        assertThat(reasonAgainst(
                        probe().bytes("META-INF/versions/9/dev/belfry/api/Plugin.class", bytesOf(Plugin.class))))
                .contains("packs the package dev.belfry.api");
    }

    @Test
    void aClassPathInTheManifestIsRefused() {
        assertThat(reasonAgainst(probe().attribute("Class-Path", "lib/evil.jar")))
                .contains(
                        "its manifest has the attribute Class-Path (lib/evil.jar)", "Pack the libraries into the JAR");
    }

    @Test
    void theLoaderIgnoresClassPathInTheManifest() throws Exception {
        probe().classes(DropFolder.class).file("beside.txt", "x").writeTo(folder.resolve("beside.jar"));
        Path jar = probe().attribute("Class-Path", "beside.jar")
                .file("own file.txt", "own")
                .writeTo(folder.resolve("own.jar"));

        try (PluginClassLoader loader =
                new PluginClassLoader("probe#1", jar, List.of(), CheckedIsLoadedTest.class.getClassLoader())) {
            assertThat(loader.loadClass(ProbePlugin.class.getName()).getClassLoader())
                    .isSameAs(loader);
            assertThatThrownBy(() -> loader.loadClass(DropFolder.class.getName()))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThat(loader.getResource("beside.txt")).isNull();
            try (var in =
                    Objects.requireNonNull(loader.getResource("own file.txt")).openStream()) {
                assertThat(in).hasContent("own");
            }
            try (var in = loader.getResourceAsStream("own file.txt")) {
                assertThat(in).hasContent("own");
            }
            assertThat(loader.getResources("beside.txt").hasMoreElements()).isFalse();
        }
    }

    @Test
    void theCopyHoldsTheCheckedEntriesAndNothingElse() throws Exception {
        Path jar = probe().writeTo(folder.resolve("probe.jar"));
        byte[] entries = Files.readAllBytes(jar);
        try (OutputStream out = Files.newOutputStream(jar)) {
            out.write("hidden before the first entry".getBytes(StandardCharsets.US_ASCII));
            out.write(entries);
        }
        discovery().look(jar);

        assertThat(Files.readString(onlyCopy(), StandardCharsets.ISO_8859_1))
                .contains("META-INF/MANIFEST.MF", ProbePlugin.class.getSimpleName())
                .doesNotContain("hidden before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "other", "right"})
    void aCopyOfAnEarlierProcessIsReusedOnlyIfItsHashIsRight(String kind) throws Exception {
        Path jar = probe().writeTo(folder.resolve("probe.jar"));
        Candidate first = discovery().look(jar);
        Path copy = onlyCopy();
        byte[] right = Files.readAllBytes(copy);
        first.discard();
        assertThat(copy).doesNotExist();
        switch (kind) {
            case "cut" -> Files.write(copy, Arrays.copyOf(right, right.length / 2));
            case "other" -> probe().file("evil", "code").writeTo(copy);
            default -> Files.write(copy, right);
        }

        assertThat(Path.of(discovery().look(jar).location().toURI())).isEqualTo(copy);
        assertThat(copy).hasBinaryContent(right);
        assertThat(onlyCopy()).isEqualTo(copy);
    }

    @Test
    void aClassThatIsTooLargeIsRefusedBeforeItIsRead() {
        assertThat(reasonAgainst(probe().bytes("some/Large.class", new byte[(8 << 20) + 1])))
                .contains("its class some/Large.class has 8388609 bytes; the maximum is 8388608");
    }

    @Test
    void tooManyBytesOfExportedClassesAreRefused() {
        PluginJar jar = probe().attribute("Plugin-Exports", "bells.port");
        byte[] large = new byte[6 << 20];
        ByteBuffer.wrap(large).putInt(0xCAFEBABE).putShort((short) 0).putShort((short) 65);
        for (int i = 0; i < 3; i++) {
            jar.bytes("bells/port/Large" + i + ".class", large);
        }
        assertThat(reasonAgainst(jar)).contains("the classes of its Plugin-Exports have more than 16 MiB in all");
    }

    @Test
    void anEntryThatIsLargerThanDeclaredIsRefused() throws IOException {
        Path jar = probe().file("liar", "x".repeat(100_000)).writeTo(folder.resolve("probe.jar"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(jar)).order(ByteOrder.LITTLE_ENDIAN);
        int name = new String(bytes.array(), StandardCharsets.ISO_8859_1).lastIndexOf("liar");
        // In the directory, the size is 22 bytes before the name.
        assertThat(bytes.getInt(name - 22)).isEqualTo(100_000);
        bytes.putInt(name - 22, 10);
        Files.write(jar, bytes.array());

        assertThat(reasonAgainst(jar)).contains("liar is larger than the directory says");
    }

    @Test
    void aHugeZipDirectoryIsRefusedBeforeItIsRead() throws IOException {
        ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(0, 0x06054b50).putInt(12, 17 << 20);

        assertThat(reasonAgainst(Files.write(folder.resolve("probe.jar"), end.array())))
                .contains("its directory has more than 16 MiB");
    }

    @Test
    void aFileThatIsTooLargeIsRefusedBeforeItIsCopied() throws IOException {
        Path jar = probe().file("padding", "x".repeat(2000)).writeTo(folder.resolve("probe.jar"));

        assertThat(catchThrowableOfType(Refusal.class, () -> discovery(1000).look(jar))
                        .reason())
                .contains("it has " + Files.size(jar) + " bytes; the maximum is 1000 (dynamicPlugins.maxSize)");
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void aGrowingFileIsCopiedNoFurtherThanTheLimit() throws IOException {
        Path endless = Files.write(folder.resolve("endless"), new byte[100_000]);
        Path copy = folder.resolve("copy");

        assertThatThrownBy(() -> JarStore.copy(endless, copy, 1000)).hasMessageContaining("to more than 1000 bytes");
        assertThat(copy).isEmptyFile();
    }
}
