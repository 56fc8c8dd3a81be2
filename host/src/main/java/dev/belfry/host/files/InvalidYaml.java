package dev.belfry.host.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Why a text is not valid YAML, in words for operators: SnakeYAML speaks of its tokens.
 *
 * @param line from 1; 0 = unknown
 * @param column from 1; 0 = unknown
 */
public record InvalidYaml(int line, int column, String reason) {

    private static final Pattern UNEXPECTED = Pattern.compile(".*, but (?:found|got) '?(.+?)'?", Pattern.DOTALL);
    private static final Pattern BAD_BEGIN = Pattern.compile("found character '(.+?)(?:\\(TAB\\))?' that cannot.*");
    private static final Pattern BAD_ESCAPE = Pattern.compile("found unknown escape character (.+)\\(\\d+\\)");
    private static final String UNDEFINED_ALIAS = "found undefined alias ";

    /** @param lines that precede the text in its file */
    public static InvalidYaml of(YAMLException failure, int lines) {
        return switch (failure) {
            case MarkedYAMLException marked -> {
                Mark place = marked.getProblemMark();
                int begin = lines
                        + (marked.getContextMark() == null
                                ? 0
                                : marked.getContextMark().getLine() + 1);
                String reason = reason(String.valueOf(marked.getProblem()), String.valueOf(marked.getContext()), begin);
                yield place == null
                        ? new InvalidYaml(0, 0, reason)
                        : new InvalidYaml(lines + place.getLine() + 1, place.getColumn() + 1, reason);
            }
            case ReaderException unreadable ->
                new InvalidYaml(
                        0, 0, "has the control character U+%04X: remove it".formatted(unreadable.getCodePoint()));
            default -> new InvalidYaml(0, 0, String.valueOf(failure.getMessage()));
        };
    }

    /** @param begin the line where the part begins that is being read */
    private static String reason(String problem, String context, int begin) {
        String found = group(UNEXPECTED, problem);
        if (problem.equals("mapping values are not allowed here")) {
            return "a ': ' is not possible here: check the indentation of this line and of the line above it, and quote"
                    + " a value that has ': '";
        }
        if (problem.startsWith("expected <block end>")) {
            return isBracket(found)
                    ? "the '" + found + "' has no begin: remove it, or quote the value"
                    : "this does not continue the " + (context.contains("mapping") ? "object" : "array")
                            + " that begins at line " + begin
                            + ": check the indentation, and that quotes enclose the whole value";
        }
        if (problem.startsWith("expected ',' or '")) {
            return "the " + (problem.contains("]") ? "array" : "object") + " that begins at line " + begin
                    + " is not complete: a ',' or '" + (problem.contains("]") ? "]" : "}") + "' is missing";
        }
        if (problem.startsWith("expected the node content")) {
            return "<stream end>".equals(found)
                    ? "the file ends within an array or object: a ']' or '}' is missing"
                    : "a value cannot begin with '" + found + "': remove it, or quote the value";
        }
        if (problem.equals("found unexpected end of stream")) {
            return "the string that begins at line " + begin + " has no quote at its end";
        }
        if (problem.equals("could not find expected ':'")) {
            return "line " + begin + " has no ': ' between a key and a value";
        }
        if (problem.startsWith(UNDEFINED_ALIAS)) {
            String alias = problem.substring(UNDEFINED_ALIAS.length());
            return "there is no anchor '&" + alias + "' before the alias '*" + alias
                    + "': define it, or quote the value if it is a string";
        }
        if (problem.startsWith("expected chomping or indentation")) {
            return "only '+', '-' or a digit can follow '|' and '>': begin the text in the next line";
        }
        if (problem.startsWith("expected '<document start>'")) {
            return "nothing can follow here: check the brackets and the line above";
        }
        if (problem.startsWith("unexpected character found") || context.equals("while scanning a tag")) {
            return "a value that begins with '*', '&' or '!' is an alias, an anchor or a tag: quote it if it is a string";
        }
        return ofCharacter(problem);
    }

    private static String ofCharacter(String problem) {
        String first = group(BAD_BEGIN, problem);
        if (first != null) {
            return first.equals("\\t")
                    ? "a tab cannot indent: write blanks"
                    : "a value cannot begin with '" + first + "': quote it";
        }
        String escaped = group(BAD_ESCAPE, problem);
        return escaped == null
                ? problem
                : "'\\" + escaped + "' means nothing in double quotes: write '\\\\" + escaped
                        + "', or use single quotes";
    }

    private static @Nullable String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches() ? matcher.group(1) : null;
    }

    private static boolean isBracket(@Nullable String found) {
        return "]".equals(found) || "}".equals(found) || ",".equals(found);
    }
}
