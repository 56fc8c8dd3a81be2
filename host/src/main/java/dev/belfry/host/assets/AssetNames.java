package dev.belfry.host.assets;

import java.util.regex.Pattern;

/** Facts about a file that its name tells. */
public final class AssetNames {

    /** With a letter and a digit, so that neither a word nor a date is taken for a hash. */
    private static final Pattern HASHED =
            Pattern.compile(".+[.-](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\\.[a-z0-9.]+");

    private AssetNames() {}

    /** Whether the name contains a hash of the content, such as {@code app-3f9c2a1b.js}: other content has another name. */
    public static boolean hasHash(String name) {
        return HASHED.matcher(name.substring(name.lastIndexOf('/') + 1)).matches();
    }

    /** Whether the name has the extension of a file type for browsers, such as {@code app.js}. */
    public static boolean hasKnownExtension(String name) {
        return ContentType.known(name).isPresent();
    }
}
