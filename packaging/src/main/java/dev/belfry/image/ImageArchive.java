package dev.belfry.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Writes the container image as an archive in the format of the OCI, without a container engine. */
public final class ImageArchive {

    private static final int OWNER_MAY_EXECUTE = 0b001_000_000;

    private final Path root;

    private ImageArchive(Path root) {
        this.root = root;
    }

    /**
     * @param arguments the base image, the folder of the other files of the image, the version, the time of the image, the
     *     folder for temporary files, and the archive to write
     */
    public static void main(String[] arguments) throws Exception {
        Path base = Path.of(arguments[0]);
        String version = arguments[2];
        Path work = Path.of(arguments[4]);
        Path archive = Path.of(arguments[5]);
        ImageArchive image = new ImageArchive(Path.of(arguments[1]));
        Jib.from(TarImage.at(base))
                .addFileEntriesLayer(image.layer("java", "opt/java"))
                .addFileEntriesLayer(image.layer("belfry", "opt/belfry", "etc/belfry"))
                .setEnvironment(Map.of("JAVA_HOME", "/opt/java", "LC_ALL", "C.UTF-8"))
                .setUser("10001:10001")
                .setWorkingDirectory(AbsoluteUnixPath.get("/var/lib/belfry"))
                .setEntrypoint("/opt/belfry/belfry")
                .setProgramArguments("start", "--config", "/etc/belfry/app-config.yaml")
                .addExposedPort(Port.tcp(7007))
                .addVolume(AbsoluteUnixPath.get("/var/lib/belfry"))
                .setLabels(Map.of(
                        "org.opencontainers.image.title", "Belfry",
                        "org.opencontainers.image.version", version,
                        "org.opencontainers.image.licenses", "Apache-2.0"))
                .setCreationTime(Instant.parse(arguments[3]))
                .setFormat(ImageFormat.OCI)
                .containerize(Containerizer.to(TarImage.at(archive).named("belfry:" + version))
                        .setOfflineMode(true)
                        .setToolName("belfry")
                        .setBaseImageLayersCache(work.resolve("base"))
                        .setApplicationLayersCache(work.resolve("layers")));
    }

    private FileEntriesLayer layer(String name, String... folders) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String folder : List.of(folders)) {
            layer.addEntryRecursive(
                    root.resolve(folder),
                    AbsoluteUnixPath.get("/" + folder),
                    (file, _) -> permissions(file),
                    // The start-up cache compares the times of the files.
                    (file, _) -> lastModified(file));
        }
        return layer.build();
    }

    /** As in the folder, but readable by everybody, and writable by the owner only. */
    private static FilePermissions permissions(Path file) {
        return FilePermissions.fromOctalString(Files.isDirectory(file) || isExecutable(file) ? "755" : "644");
    }

    private static boolean isExecutable(Path file) {
        try {
            return ((int) Files.getAttribute(file, "unix:mode") & OWNER_MAY_EXECUTE) != 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
