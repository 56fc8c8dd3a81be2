package dev.belfry.host.files;

import java.util.Optional;

/** Says what a file is that is not a text in UTF-8, and what to do. */
final class UnreadableText {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int LONG_LENGTH = 0x80;
    /** The version of the outermost object of a PKCS#12 file. */
    private static final int PKCS12 = 3;

    private final byte[] content;

    private UnreadableText(byte[] content) {
        this.content = content;
    }

    /** @param position of the first byte that is wrong */
    static String reason(byte[] content, int position) {
        UnreadableText text = new UnreadableText(content);
        return text.der().or(text::utf16).orElseGet(() -> text.wrongByte(position));
    }

    /** The binary form of certificates and keys (X.690): a sequence that fills the file. */
    private Optional<String> der() {
        int first = contentOfSequence(0);
        if (first < 0 || first + lengthAt(1) != content.length) {
            return Optional.empty();
        }
        String command = switch (at(first)) {
            // Of a key, the first element is a version.
            case INTEGER -> at(first + 2) == PKCS12 ? "pkcs12 -nodes" : "pkey -inform der";
            // Of an encrypted key, it is an algorithm.
            case SEQUENCE ->
                at(contentOfSequence(first)) == OBJECT_IDENTIFIER ? "pkey -inform der" : "x509 -inform der";
            default -> "";
        };
        return command.isEmpty()
                ? Optional.empty()
                : Optional.of("it is a certificate or a key in a binary format, and must be in PEM: convert it with"
                        + " 'openssl " + command + " -in old -out new.pem'");
    }

    /** @return where the first element of a sequence begins; negative if there is no sequence */
    private int contentOfSequence(int start) {
        if (at(start) != SEQUENCE) {
            return -1;
        }
        int length = at(start + 1);
        return start + 2 + (length < LONG_LENGTH ? 0 : length - LONG_LENGTH);
    }

    private int lengthAt(int start) {
        int first = at(start);
        if (first < LONG_LENGTH) {
            return first;
        }
        int length = 0;
        for (int i = 1; i <= first - LONG_LENGTH; i++) {
            length = length << Byte.SIZE | at(start + i);
        }
        return length;
    }

    private int at(int position) {
        return position < 0 || position >= content.length ? -1 : content[position] & 0xFF;
    }

    /** It begins with a byte order mark, or has zeros between the letters of ASCII. */
    private Optional<String> utf16() {
        boolean hasMark = at(0) == 0xFE && at(1) == 0xFF || at(0) == 0xFF && at(1) == 0xFE;
        int zeros = 0;
        for (byte each : content) {
            zeros += each == 0 ? 1 : 0;
        }
        return hasMark || zeros * 4L >= content.length
                ? Optional.of("it is UTF-16, not UTF-8: save it as UTF-8")
                : Optional.empty();
    }

    private String wrongByte(int position) {
        long line = 1;
        for (int i = 0; i < position; i++) {
            line += content[i] == '\n' ? 1 : 0;
        }
        return at(position) == 0
                ? "it has the character NUL (byte 0x00) at line " + line + ", which a text cannot have: remove it"
                : "it is not UTF-8: byte 0x%02X at line %d".formatted(at(position), line);
    }
}
