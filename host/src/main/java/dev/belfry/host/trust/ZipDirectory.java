package dev.belfry.host.trust;

import dev.belfry.host.files.RegularFile;
import dev.belfry.host.lifecycle.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Checks the size of a zip's directory before the JDK reads it into memory. The size is in the end record (APPNOTE.TXT,
 * section 4.3.16). The JDK uses one record in the last 64 KiB, so all candidates are checked.
 */
final class ZipDirectory {

    private static final int MOST_BYTES = 16 << 20;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ENTRIES_AT = 10;
    private static final int SIZE_AT = 12;
    private static final int OFFSET_AT = 16;

    /** With one of these values, a second end record with longer fields applies. */
    private static final int ZIP64_COUNT = 0xFFFF;

    private static final long ZIP64_SIZE = 0xFFFF_FFFFL;

    private ZipDirectory() {}

    /** @throws Refusal when it is larger than any real plugin's */
    static void requireReadable(Path file) throws IOException, Refusal {
        RegularFile.attributes(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer tail = tailOf(channel);
            for (int at = 0; at + END_BYTES <= tail.limit(); at++) {
                if (tail.getInt(at) == END_SIGNATURE) {
                    check(tail, at);
                }
            }
        }
    }

    private static ByteBuffer tailOf(FileChannel channel) throws IOException {
        long size = channel.size();
        int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(size - length);
        while (tail.hasRemaining() && channel.read(tail) >= 0) {
            // Until the buffer is full or the file ends.
        }
        return tail.flip();
    }

    private static void check(ByteBuffer tail, int at) throws Refusal {
        long size = tail.getInt(at + SIZE_AT) & ZIP64_SIZE;
        long offset = tail.getInt(at + OFFSET_AT) & ZIP64_SIZE;
        if ((tail.getShort(at + ENTRIES_AT) & ZIP64_COUNT) == ZIP64_COUNT) {
            throw PluginArchive.tooManyEntries();
        }
        if (size == ZIP64_SIZE || offset == ZIP64_SIZE) {
            throw new Refusal("it is in the format Zip64, which is for files of more than 4 GiB");
        }
        if (size > MOST_BYTES) {
            throw new Refusal("its directory has more than " + (MOST_BYTES >> 20) + " MiB");
        }
    }
}
