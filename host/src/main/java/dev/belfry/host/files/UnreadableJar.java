package dev.belfry.host.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Files that should be JARs, in words for operators. */
public final class UnreadableJar {

    private UnreadableJar() {}

    /** Why it cannot be read, as a sentence about it. */
    public static String reason(Path file, IOException failure) {
        return "it is not a readable JAR: "
                + (failure instanceof ZipException
                        ? "it is another kind of file, or incomplete"
                        : RegularFile.reason(file, failure));
    }
}
