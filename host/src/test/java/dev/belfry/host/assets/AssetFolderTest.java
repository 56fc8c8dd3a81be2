package dev.belfry.host.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same files in a JAR and in a folder of classes are the same assets. */
class AssetFolderTest {

    private static final Map<String, String> FILES = Map.of(
            "web/index.html", "page",
            "web/js/app.js", "script",
            "web/js/app.js.br", "packed",
            "web/alone.gz", "an archive",
            "web/.git/config", "hidden",
            "web/App.class", "class",
            "web/META-INF/notes.txt", "notes",
            "website/other.txt", "other",
            "top.txt", "top");

    @TempDir
    private Path folder;

    private Path written(String kind) throws IOException {
        return kind.equals("jar") ? jar() : classes();
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("plugin.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(file)) {
            FILES.forEach((name, content) -> {
                try {
                    out.putNextEntry(new ZipEntry(name));
                    out.write(content.getBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return jar;
    }

    private Path classes() throws IOException {
        Path root = folder.resolve("classes");
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.createDirectories(root.resolve(file.getKey()).getParent());
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        Files.createSymbolicLink(root.resolve("web/link.txt"), root.resolve("top.txt"));
        return root;
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar", "classes"})
    void onlyFilesOfTheFolderThatAreForBrowsersAreAssets(String kind) throws Exception {
        try (AssetFolder web = AssetFolder.open(written(kind).toUri().toURL(), "web")) {
            assertThat(web.assets()).containsOnlyKeys("index.html", "js/app.js", "alone.gz");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar", "classes"})
    void aCompressedFormBelongsToItsFile(String kind) throws Exception {
        try (AssetFolder web = AssetFolder.open(written(kind).toUri().toURL(), "web")) {
            AssetResponse answer =
                    Objects.requireNonNull(web.assets().get("js/app.js")).answer("br", null);

            assertThat(answer.headers())
                    .containsEntry("Content-Encoding", "br")
                    .containsEntry("Content-Type", "text/javascript;charset=utf-8")
                    .containsEntry("Content-Length", "6");
            assertThat(answer.body().orElseThrow().open()).hasContent("packed");
        }
    }

    @Test
    void aFolderThatDoesNotExistHasNoAssets() throws Exception {
        for (String kind : List.of("jar", "classes")) {
            try (AssetFolder none = AssetFolder.open(written(kind).toUri().toURL(), "none")) {
                assertThat(none.assets()).isEmpty();
            }
        }
    }

    @Test
    void aFileIsCompressedOnce() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        Content text = () -> {
            reads.incrementAndGet();
            return new ByteArrayInputStream("line\n".repeat(1000).getBytes());
        };
        Asset asset = Asset.read("a.txt", text, Map.of(), new CompressionMemory(10_000));
        int before = reads.get();

        for (int i = 0; i < 3; i++) {
            AssetResponse answer = asset.answer("gzip", null);
            assertThat(answer.headers()).containsEntry("Content-Encoding", "gzip");
            assertThat(answer.body().orElseThrow().open()).isNotEmpty();
        }

        assertThat(reads).hasValue(before);
    }

    @Test
    void theHostsMemoryForCompressedFilesIsBounded() throws Exception {
        CompressionMemory memory = new CompressionMemory(100);
        Content text = () -> new ByteArrayInputStream("line\n".repeat(1000).getBytes());

        Asset first = Asset.read("a.txt", text, Map.of(), memory);
        Asset second = Asset.read("b.txt", text, Map.of(), memory);
        Asset third = Asset.read("c.txt", text, Map.of(), memory);

        assertThat(first.answer("gzip", null).headers()).containsEntry("Content-Encoding", "gzip");
        assertThat(List.of(second, third))
                .anySatisfy(asset ->
                        assertThat(asset.answer("gzip", null).headers()).doesNotContainKey("Content-Encoding"));
        assertThat(third.answer("gzip", null).headers()).containsEntry("Content-Length", "5000");
    }
}
