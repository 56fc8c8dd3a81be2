package dev.belfry.host.settings;

import java.net.URI;
import java.nio.file.Path;

/** Where entities are read from. Its string is the name in messages. */
public sealed interface CatalogPlace {

    /** The form to write instead of a URL of the scheme file. */
    String FILE_URL = "is not read: it is a URL of the scheme file; write the path alone, such as /srv/users.yaml";

    static boolean isFileUrl(String text) {
        return text.regionMatches(true, 0, "file:", 0, "file:".length());
    }

    /** Whether a text is an address on the web, in place of a path. */
    static boolean isUrl(String text) {
        return text.matches("(?i)https?://.*");
    }

    /** @param path absolute; a file, or a pattern of files */
    record OnDisk(Path path) implements CatalogPlace {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** @param address of the file as a person opens it, such as {@code https://github.com/o/r/blob/main/users.yaml} */
    record AtUrl(URI address) implements CatalogPlace {

        /** Without a query or a user, which can be secrets. */
        @Override
        public String toString() {
            return address.getScheme() + "://" + address.getHost()
                    + (address.getPort() < 0 ? "" : ":" + address.getPort()) + address.getRawPath();
        }
    }
}
