package dev.belfry.host.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One object of a PEM text (RFC 7468). Text around the blocks is skipped: openssl writes explanations there.
 *
 * @param label such as {@code CERTIFICATE}
 * @param body between the lines BEGIN and END
 */
record PemBlock(String label, String body) {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    /** Headers of RFC 1421, which openssl writes in encrypted keys. */
    private static final Pattern ENCRYPTED = Pattern.compile("(?m)^Proc-Type:.*ENCRYPTED");

    static List<PemBlock> in(String text) throws InvalidPem {
        List<PemBlock> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        for (int from = 0; begin.find(from); ) {
            String end = "-----END " + begin.group(1) + "-----";
            int at = text.indexOf(end, begin.end());
            if (at < 0) {
                throw new InvalidPem("has no line '" + end + "'; is the file complete?");
            }
            blocks.add(new PemBlock(begin.group(1), text.substring(begin.end(), at)));
            from = at + end.length();
        }
        return blocks;
    }

    boolean isEncrypted() {
        return label.equals("ENCRYPTED PRIVATE KEY") || ENCRYPTED.matcher(body).find();
    }

    byte[] content() throws InvalidPem {
        try {
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new InvalidPem("is not base64 between '-----BEGIN " + label + "-----' and its end");
        }
    }

    /** The body can be a private key. */
    @Override
    public String toString() {
        return "PEM block " + label;
    }
}
