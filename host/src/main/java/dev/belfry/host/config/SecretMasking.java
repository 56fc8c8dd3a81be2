package dev.belfry.host.config;

import dev.belfry.host.logging.Redaction;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps secrets out of messages. */
final class SecretMasking {

    /** The name of Keycloak is no key. A connection is a URL with a password; below it, keys have names of their own. */
    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i).*(password|secret|token|credential|passphrase|private|key(?!cloak)).*|.*connection(string)?");

    private static final int MAX_SHOWN = 80;
    /** Shorter texts occur in any sentence by chance. */
    private static final int MIN_HIDDEN = 4;

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private SecretMasking() {}

    /**
     * The value at {@code path} for a message, or its type if it may be secret. The value of a variable may be, whatever the path is,
     * unless the variable is an override of this path.
     */
    static String shown(Value value, String path) {
        String text = value.text().orElse("");
        List<String> variables = value.location().variables();
        boolean isOverride = isOverride(value.location());
        if (!variables.isEmpty() && !isOverride) {
            return ofVariables(variables, text.isEmpty());
        }
        boolean isHidden = isOverride ? isSecretPath(path) : isSecret(value, path);
        return text.isEmpty() || isHidden ? value.kind() : quoted(text);
    }

    /** Logins are masked before a long text is cut: they are recognized by what comes after them. */
    private static String quoted(String text) {
        if (text.length() <= MAX_SHOWN) {
            return "'" + text + "'";
        }
        String masked = Redaction.ofProblem("'" + text + "'");
        return masked.length() <= MAX_SHOWN + 2 ? masked : masked.substring(0, MAX_SHOWN + 1) + "...'";
    }

    /** A message with the name of the variable in place of its value. */
    static String masked(String message, Value value) {
        List<String> variables = value.location().variables();
        if (variables.isEmpty() || isOverride(value.location()) || value.text().isEmpty()) {
            return message;
        }
        String text = value.text().get();
        String name = ofVariables(variables, text.isEmpty());
        String masked = QUOTED.matcher(message)
                .replaceAll(quoted -> Matcher.quoteReplacement(isOf(text, quoted.group(1)) ? name : quoted.group()));
        return text.isEmpty() && masked.equals(message) ? message + " (" + name + ")" : masked;
    }

    /** Whether the quoted text is the value, or a part of it such as a host. */
    private static boolean isOf(String value, String quoted) {
        return quoted.equals(value) || (quoted.length() >= MIN_HIDDEN && value.contains(quoted));
    }

    private static boolean isOverride(SourceLocation location) {
        return location.variables().equals(List.of(location.source()));
    }

    private static String ofVariables(List<String> names, boolean isEmpty) {
        return names.size() == 1
                ? "the value of the variable " + names.getFirst() + (isEmpty ? ", which is empty" : "")
                : "the values of the variables " + String.join(", ", names) + (isEmpty ? ", which are empty" : "");
    }

    /** Removes the secrets below {@code value} from a message of other code. */
    static String cleaned(String message, Value value, String path) {
        String cleaned = message;
        switch (value) {
            case Value.Tree tree -> {
                for (var entry : tree.children().entrySet()) {
                    cleaned = cleaned(cleaned, entry.getValue(), path + "." + entry.getKey());
                }
            }
            case Value.Items items -> {
                for (Value item : items.items()) {
                    cleaned = cleaned(cleaned, item, path);
                }
            }
            default -> {
                String text = value.text().orElse("");
                if (isSecret(value, path) && text.length() >= MIN_HIDDEN) {
                    cleaned = cleaned.replace(text, "(hidden)");
                }
            }
        }
        return cleaned;
    }

    private static boolean isSecret(Value value, String path) {
        return value.location().hidden() || isSecretPath(path);
    }

    private static boolean isSecretPath(String path) {
        return SECRET_KEY.matcher(path).matches();
    }
}
