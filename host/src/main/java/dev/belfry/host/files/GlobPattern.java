package dev.belfry.host.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of paths as npm's glob and minimatch read them: {@code *} and {@code ?} within a name, <code>**</code> for
 * any number of folders, {@code [a-z]} and <code>{a,b}</code>. Java's own patterns differ: their <code>**&#47;</code>
 * needs at least one folder.
 *
 * @param text as it is written
 */
public record GlobPattern(String text) {

    /** Any number of folders. */
    public static final String ANY_FOLDERS = "**";

    /** Braces multiply. */
    private static final int MAX_ALTERNATIVES = 1_000;

    private static final Pattern MAGIC = Pattern.compile("[*?\\[{]");
    private static final String SPECIAL = "\\^$.|?*+()[]{}";

    /** Whether the text is a pattern, not the path of one file. */
    public static boolean isPattern(String text) {
        return MAGIC.matcher(text).find();
    }

    /** Whether a whole path or URL matches, in any case. */
    public boolean matches(String path) {
        return alternatives().stream()
                .anyMatch(alternative -> Pattern.compile(regex(alternative), Pattern.CASE_INSENSITIVE)
                        .matcher(path)
                        .matches());
    }

    /** @throws IllegalArgumentException when it is none */
    public void requireValid() {
        alternatives().forEach(alternative -> Pattern.compile(regex(alternative)));
    }

    /** The beginning of the text that names one folder; may be empty, or {@code /}. */
    public String folder() {
        Matcher magic = MAGIC.matcher(text);
        String fixed = magic.find() ? text.substring(0, magic.start()) : text;
        return fixed.substring(0, fixed.lastIndexOf('/') + 1);
    }

    /**
     * The patterns without braces that this one stands for.
     *
     * @throws IllegalArgumentException when it stands for too many
     */
    public List<String> alternatives() {
        List<String> found = new ArrayList<>();
        expand("", text, found);
        return found;
    }

    private void expand(String before, String rest, List<String> found) {
        int open = rest.indexOf('{');
        int close = open < 0 ? -1 : closing(rest, open);
        if (close < 0) {
            if (found.size() >= MAX_ALTERNATIVES) {
                throw new IllegalArgumentException(
                        "the pattern '" + text + "' stands for more than " + MAX_ALTERNATIVES + " patterns");
            }
            found.add(before + rest);
            return;
        }
        for (String option : options(rest.substring(open + 1, close))) {
            expand(before, rest.substring(0, open) + option + rest.substring(close + 1), found);
        }
    }

    /** @return less than 0 when the brace is not closed */
    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> options(String inner) {
        List<String> options = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < inner.length(); i++) {
            char letter = inner.charAt(i);
            depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                options.add(inner.substring(from, i));
                from = i + 1;
            }
        }
        options.add(inner.substring(from));
        return options;
    }

    /**
     * Matches one name of a path. As in Backstage, a wildcard does not match the dot of a hidden file.
     *
     * @throws IllegalArgumentException when the segment is no pattern
     */
    public static Pattern name(String segment) {
        boolean isHidden = segment.startsWith(".");
        return Pattern.compile((isHidden ? "" : "(?!\\.)") + regex(segment));
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < glob.length()) {
            char letter = glob.charAt(i);
            int end = letter == '[' ? glob.indexOf(']', i + 2) : -1;
            if (glob.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 3;
            } else if (glob.startsWith(ANY_FOLDERS, i)) {
                regex.append(".*");
                i += 2;
            } else if (end > 0) {
                regex.append(letters(glob.substring(i + 1, end)));
                i = end + 1;
            } else {
                regex.append(
                        switch (letter) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            default -> SPECIAL.indexOf(letter) < 0 ? String.valueOf(letter) : "\\" + letter;
                        });
                i++;
            }
        }
        return regex.toString();
    }

    private static String letters(String inner) {
        boolean isNegated = inner.startsWith("!") || inner.startsWith("^");
        String plain = isNegated ? inner.substring(1) : inner;
        return (isNegated ? "[^" : "[") + plain.replaceAll("([\\\\\\[\\]^&])", "\\\\$1") + "]";
    }
}
