package dev.belfry.host.catalog;

import dev.belfry.host.files.Digests;
import dev.belfry.host.files.OwnerOnlyFiles;
import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies of files at URLs, for a start while their server is away. The first line of a copy is its ETag. */
final class RemoteCache {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteCache.class);

    private final Path folder;

    RemoteCache(Path folder) {
        this.folder = folder;
    }

    Optional<RemoteCopy> read(URI address) {
        try {
            String content = RegularFile.readText(file(address), PlaceReader.limit());
            int end = content.indexOf('\n');
            return end < 0
                    ? Optional.empty()
                    : Optional.of(new RemoteCopy(content.substring(0, end), content.substring(end + 1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is fetched again: {}", file(address), e.toString());
            return Optional.empty();
        }
    }

    /** A copy that cannot be written is missing at the next start, and nothing else. */
    void write(URI address, RemoteCopy copy) {
        Path file = file(address);
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            OwnerOnlyFiles.createFolder(folder);
            try (OutputStream out = OwnerOnlyFiles.write(unfinished)) {
                out.write((copy.tag() + "\n" + copy.text()).getBytes(StandardCharsets.UTF_8));
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written; the next start fetches it again: {}", file, e.toString());
        }
    }

    /** Whether the server had no such file, as far as is known. */
    boolean isAbsent(URI address) {
        return Files.exists(absence(address));
    }

    void forgetAbsence(URI address) {
        try {
            Files.deleteIfExists(absence(address));
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", absence(address), e.toString());
        }
    }

    void writeAbsence(URI address) {
        try {
            OwnerOnlyFiles.createFolder(folder);
            OwnerOnlyFiles.createFile(absence(address));
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written; if the server is away at the next start, the host is not ready: {}",
                    absence(address),
                    e.toString());
        }
    }

    private Path file(URI address) {
        return folder.resolve(name(address) + ".yaml");
    }

    private Path absence(URI address) {
        return folder.resolve(name(address) + ".absent");
    }

    private static String name(URI address) {
        return HexFormat.of()
                .formatHex(Digests.sha256().digest(address.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
