package dev.belfry.host.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Opens regular files only, and links to them: opening a named pipe blocks until somebody writes to it, and a device
 * may have no end.
 */
public final class RegularFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private RegularFile() {}

    /** It is not a regular file; retrying does not help. */
    public static final class NotRegular extends FileSystemException {
        private static final long serialVersionUID = 1L;

        NotRegular(Path file, String reason) {
            super(file.toString(), null, reason);
        }
    }

    /** It is no text in UTF-8. */
    public static final class NotUtf8 extends CharacterCodingException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        NotUtf8(byte[] content, int position) {
            reason = UnreadableText.reason(content, position);
        }

        /** Names what it is instead, or the first byte that is wrong, and its line. */
        @Override
        public String getMessage() {
            return reason;
        }
    }

    /** @throws NotRegular when it is not a regular file, with the reason */
    public static BasicFileAttributes attributes(Path file) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (found.isDirectory()) {
            throw new NotRegular(file, "it is a folder, not a file");
        }
        if (!found.isRegularFile()) {
            throw new NotRegular(file, "it is a named pipe, a socket or a device, not a regular file");
        }
        return found;
    }

    public static InputStream open(Path file) throws IOException {
        attributes(file);
        return Files.newInputStream(file);
    }

    /**
     * @param limit in bytes
     * @throws NotUtf8 when the content is not UTF-8
     * @throws FileSystemException when the file is larger than {@code limit}, with the reason
     */
    public static String readText(Path file, long limit) throws IOException {
        long size = attributes(file).size();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = size > limit ? new byte[0] : in.readNBytes((int) Math.min(limit, Integer.MAX_VALUE - 8));
            if (size > limit || in.read() >= 0) {
                throw new FileSystemException(
                        file.toString(), null, "it is larger than " + (limit >> 10) + " KiB, the maximum");
            }
            return text(content);
        }
    }

    /**
     * Decodes the content of a file, without a byte order mark.
     *
     * @throws NotUtf8 when the content is not UTF-8
     */
    public static String text(byte[] content) throws NotUtf8 {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            if (text.indexOf(0) >= 0) {
                // Valid, but no text: YAML and CSV have no such character.
                throw new NotUtf8(content, indexOf(content, (byte) 0));
            }
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NotUtf8 e) {
            throw e;
        } catch (CharacterCodingException e) {
            throw new NotUtf8(content, bytes.position());
        }
    }

    private static int indexOf(byte[] content, byte wanted) {
        int i = 0;
        while (content[i] != wanted) {
            i++;
        }
        return i;
    }

    /** Why a file cannot be read, without its name. */
    public static String reason(Path file, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _
            when Files.exists(file, LinkOption.NOFOLLOW_LINKS) -> "it is a link to a file that does not exist";
            case NoSuchFileException _ -> "it does not exist";
            case NotDirectoryException _ -> "it is not a folder";
            case AccessDeniedException _ -> "access is denied";
            case FileSystemException named when named.getReason() != null -> named.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
