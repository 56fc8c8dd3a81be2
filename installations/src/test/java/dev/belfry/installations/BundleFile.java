package dev.belfry.installations;

import java.nio.charset.Charset;

/** The content of a file: text in some encoding, or something that the test makes. */
sealed interface BundleFile {

    /** @param line what ends a line */
    record Text(String content, Charset encoding, String line, boolean hasByteOrderMark) implements BundleFile {
        byte[] bytes() {
            String text = (hasByteOrderMark ? "\uFEFF" : "") + content.replace("\n", line);
            return text.getBytes(encoding);
        }
    }

    /** What a bundle cannot contain as text. */
    enum Made implements BundleFile {
        /** A self-signed certificate for localhost, PEM. */
        CERTIFICATE,
        /** Its key, PEM. */
        PRIVATE_KEY,
        /** The public keys of tokens that the test signs, JSON. */
        KEY_SET,
        /** A SQLite file with the tables of the notifications backend of Janus IDP. */
        OLD_DATABASE,
        FOLDER
    }

    static BundleFile of(Object written) {
        if (written instanceof String content) {
            return new Text(content, Charset.forName("UTF-8"), "\n", false);
        }
        BundleTree tree = new BundleTree("files", BundleTree.cast(written));
        BundleFile file = tree.optional("made").isPresent()
                ? Made.valueOf(
                        tree.text("made").toUpperCase(java.util.Locale.ROOT).replace('-', '_'))
                : new Text(
                        tree.text("text"),
                        Charset.forName(
                                tree.optional("encoding").map(String::valueOf).orElse("UTF-8")),
                        tree.optional("line").map(String::valueOf).orElse("\n"),
                        tree.optional("bom").isPresent());
        tree.optional("bom");
        tree.requireAllRead();
        return file;
    }
}
