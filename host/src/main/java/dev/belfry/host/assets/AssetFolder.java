package dev.belfry.host.assets;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files of one folder of a JAR, or of a folder of classes. They are listed and hashed when it is opened, so a name is
 * either in the list or does not exist: no path is resolved. Their content stays in the JAR and is read for each response.
 */
public final class AssetFolder implements AutoCloseable {

    /** For what is compressed here. */
    private static final long MEMORY = 4 * 1024 * 1024;

    private static final Map<String, String> ENCODINGS = Map.of(".br", "br", ".gz", AcceptEncoding.GZIP);

    private final Map<String, Asset> assets;
    private final AutoCloseable source;

    private AssetFolder(Map<String, Asset> assets, AutoCloseable source) {
        this.assets = assets;
        this.source = source;
    }

    /**
     * @param location a JAR or a folder of classes
     * @param folder path within it, without slashes at its ends
     * @throws IOException when it cannot be read
     */
    public static AssetFolder open(URL location, String folder) throws IOException {
        Path path = pathOf(location);
        if (Files.isDirectory(path)) {
            return new AssetFolder(read(filesIn(path.resolve(folder))), () -> {});
        }
        ZipFile jar = new ZipFile(path.toFile());
        try {
            return new AssetFolder(read(entriesIn(jar, folder + "/")), jar);
        } catch (IOException | RuntimeException failure) {
            jar.close();
            throw failure;
        }
    }

    private static Path pathOf(URL location) throws IOException {
        try {
            return Path.of(location.toURI());
        } catch (URISyntaxException e) {
            throw new IOException("'" + location + "' is not a location of files", e);
        }
    }

    private static SortedMap<String, Content> filesIn(Path folder) throws IOException {
        SortedMap<String, Content> found = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(file -> found.put(
                            folder.relativize(file).toString().replace('\\', '/'), () -> Files.newInputStream(file)));
        }
        return found;
    }

    private static SortedMap<String, Content> entriesIn(ZipFile jar, String prefix) {
        SortedMap<String, Content> found = new TreeMap<>();
        for (ZipEntry entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
            if (entry.getName().startsWith(prefix)) {
                found.put(entry.getName().substring(prefix.length()), () -> open(jar, entry));
            }
        }
        return found;
    }

    private static InputStream open(ZipFile jar, ZipEntry entry) throws IOException {
        try {
            return jar.getInputStream(entry);
        } catch (IllegalStateException closed) {
            throw new IOException("the JAR of the file " + entry.getName() + " is closed", closed);
        }
    }

    private static Map<String, Asset> read(SortedMap<String, Content> files) throws IOException {
        CompressionMemory memory = new CompressionMemory(MEMORY);
        Map<String, Asset> assets = new LinkedHashMap<>();
        for (Map.Entry<String, Content> file : files.entrySet()) {
            String name = file.getKey();
            if (isServed(name) && !isCompressedForm(name, files)) {
                assets.put(name, Asset.read(name, file.getValue(), compressed(name, files), memory));
            }
        }
        return assets;
    }

    private static boolean isServed(String name) {
        return !name.toLowerCase(Locale.ROOT).endsWith(".class")
                && !name.contains("\\")
                && Stream.of(name.split("/", -1))
                        .noneMatch(segment ->
                                segment.isEmpty() || segment.startsWith(".") || segment.equalsIgnoreCase("META-INF"));
    }

    private static boolean isCompressedForm(String name, Map<String, Content> files) {
        return ENCODINGS.keySet().stream()
                .anyMatch(suffix ->
                        name.endsWith(suffix) && files.containsKey(name.substring(0, name.length() - suffix.length())));
    }

    private static Map<String, Content> compressed(String name, Map<String, Content> files) {
        Map<String, Content> found = new LinkedHashMap<>();
        ENCODINGS.forEach((suffix, encoding) ->
                Optional.ofNullable(files.get(name + suffix)).ifPresent(content -> found.put(encoding, content)));
        return found;
    }

    /** By name relative to the folder, such as {@code icons/bell.svg}. */
    public Map<String, Asset> assets() {
        return assets;
    }

    @Override
    public void close() throws Exception {
        source.close();
    }
}
