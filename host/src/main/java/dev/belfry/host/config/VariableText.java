package dev.belfry.host.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A string with references to environment variables: {@code ${VAR}} and {@code ${VAR:-default}}. A default may contain references, and
 * braces in pairs. {@code $${} stands for {@code ${}, and {@code ${{} for itself, as in the templates of Backstage.
 */
final class VariableText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String BEGIN = "${";
    private static final String DEFAULT = ":-";

    private final String text;
    private final Map<String, String> environment;
    private int at;
    private final Set<String> variables = new LinkedHashSet<>();

    /** A variable without a default is not set. */
    static final class Unset extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Unset(String name) {
            super("the environment variable " + name + " is not set; set it, or write ${" + name + ":-default}");
        }
    }

    VariableText(String text, Map<String, String> environment) {
        this.text = text;
        this.environment = environment;
    }

    /**
     * @throws Unset naming the first variable that is needed and not set
     * @throws IllegalArgumentException naming the first reference that is none
     */
    String replaced() {
        at = 0;
        return read(false, true);
    }

    /** The names of the variables whose values {@link #replaced} has. */
    List<String> variables() {
        return List.copyOf(variables);
    }

    /**
     * @param isDefault ends at the brace that closes it, or at the end of the text
     * @param isNeeded whether unset variables matter
     */
    private String read(boolean isDefault, boolean isNeeded) {
        StringBuilder read = new StringBuilder();
        int open = 0;
        while (at < text.length()) {
            if (text.startsWith("$" + BEGIN, at)) {
                at++;
                open += literal(read, BEGIN.length());
            } else if (text.startsWith(BEGIN, at)) {
                open += reference(read, isNeeded);
            } else if (isDefault && open == 0 && text.charAt(at) == '}') {
                return read.toString();
            } else {
                open += literal(read, 1);
            }
        }
        return read.toString();
    }

    /** @return by how many the number of open braces changes */
    private int literal(StringBuilder read, int length) {
        String part = text.substring(at, at + length);
        read.append(part);
        at += length;
        return part.endsWith("{") ? 1 : part.equals("}") ? -1 : 0;
    }

    private int reference(StringBuilder read, boolean isNeeded) {
        int begin = at;
        int end = begin + BEGIN.length();
        while (end < text.length() && !isEndOfName(end)) {
            end++;
        }
        String name = text.substring(begin + BEGIN.length(), end).strip();
        if (end < text.length() ? text.charAt(end) == '{' : !NAME.matcher(name).matches()) {
            return literal(read, BEGIN.length());
        }
        boolean hasDefault = text.startsWith(DEFAULT, end);
        String value = environment.get(name);
        at = hasDefault ? end + DEFAULT.length() : end;
        String other = hasDefault
                ? read(true, isNeeded && (value == null || value.isEmpty())).strip()
                : null;
        if (at >= text.length()) {
            throw new IllegalArgumentException("'" + text.substring(begin) + "' has no } at its end; write $"
                    + text.substring(begin) + " for the text itself");
        }
        at++;
        String reference = text.substring(begin, at);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + reference + "' names no environment variable; write $" + reference + " for the text itself");
        }
        if ((value == null || value.isEmpty()) && other != null) {
            value = other;
        } else if (value != null && isNeeded) {
            variables.add(name);
        }
        if (value == null && isNeeded) {
            throw new Unset(name);
        }
        read.append(value);
        return 0;
    }

    private boolean isEndOfName(int place) {
        return text.charAt(place) == '}' || text.charAt(place) == '{' || text.startsWith(DEFAULT, place);
    }
}
