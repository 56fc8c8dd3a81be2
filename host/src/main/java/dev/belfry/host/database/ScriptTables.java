package dev.belfry.host.database;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables that scripts of migrations create, and neither drop nor rename. The effects of a script by a function or in another
 * schema cannot be read from its text: in doubt, a table is left out.
 */
final class ScriptTables {

    private static final String NAME = "(?:\"[^\"]+\"|\\[[^\\]]+\\]|`[^`]+`|[\\p{L}_][\\p{L}\\p{N}_$]*+)";
    private static final String QUALIFIED = "(?:" + NAME + "\\s*\\.\\s*)?" + NAME;

    /** Comments, string literals and quoted names. */
    private static final Pattern TOKEN =
            Pattern.compile("--[^\n]*|/\\*.*?\\*/|'[^']*'|(\\$\\w*\\$).*?\\1|\"[^\"]*\"", Pattern.DOTALL);

    private static final Pattern STATEMENT = Pattern.compile(
            "\\bcreate\\s+(?:unlogged\\s+|virtual\\s+)?table\\s+(?:if\\s+not\\s+exists\\s+)?(?<created>" + NAME
                    + ")(?!\\s*\\.)"
                    + "|\\bdrop\\s+table\\s+(?:if\\s+exists\\s+)?(?<dropped>" + QUALIFIED + "(?:\\s*,\\s*" + QUALIFIED
                    + ")*)"
                    + "|\\balter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?(?<changed>" + QUALIFIED
                    + ")\\s+(?:rename\\s+to\\s+(?<renamed>" + NAME + ")|set\\s+schema\\b)",
            Pattern.CASE_INSENSITIVE);

    /** Statements after which the text no longer says where the tables are. */
    private static final Pattern UNCLEAR =
            Pattern.compile("\\bdrop\\s+schema\\b|\\bsearch_path\\b", Pattern.CASE_INSENSITIVE);

    /** Words in the body of a function that may take a table away. */
    private static final Pattern UNCLEAR_LITERAL =
            Pattern.compile("\\b(?:drop|rename|schema|search_path)\\b", Pattern.CASE_INSENSITIVE);

    /** PostgreSQL cuts longer names. */
    private static final int MAX_NAME = 63;

    private ScriptTables() {}

    /**
     * @param scripts in the order in which they run
     * @return names as the database stores them; empty if they cannot be known
     */
    static Set<String> of(List<String> scripts) {
        Set<String> tables = new LinkedHashSet<>();
        for (String script : scripts) {
            Optional<String> statements = statements(script);
            if (statements.isEmpty()) {
                return Set.of();
            }
            STATEMENT.matcher(statements.get()).results().forEach(statement -> apply(statement, tables));
        }
        tables.removeIf(name -> name.length() > MAX_NAME);
        return tables;
    }

    private static void apply(MatchResult statement, Set<String> tables) {
        if (statement.group("created") != null) {
            tables.add(stored(statement.group("created")));
        } else if (statement.group("dropped") != null) {
            Pattern.compile(QUALIFIED)
                    .matcher(statement.group("dropped"))
                    .results()
                    .forEach(name -> tables.remove(stored(name.group())));
        } else if (tables.remove(stored(statement.group("changed"))) && statement.group("renamed") != null) {
            tables.add(stored(statement.group("renamed")));
        }
    }

    /** The script without comments and literals; empty if a literal may change tables. */
    private static Optional<String> statements(String script) {
        StringBuilder statements = new StringBuilder();
        Matcher token = TOKEN.matcher(script);
        while (token.find()) {
            char begin = token.group().charAt(0);
            boolean isLiteral = begin == '\'' || begin == '$';
            if (isLiteral && UNCLEAR_LITERAL.matcher(token.group()).find()) {
                return Optional.empty();
            }
            token.appendReplacement(statements, begin == '"' ? Matcher.quoteReplacement(token.group()) : " ");
        }
        token.appendTail(statements);
        return UNCLEAR.matcher(statements).find() ? Optional.empty() : Optional.of(statements.toString());
    }

    private static String stored(String qualified) {
        Matcher names = Pattern.compile(NAME).matcher(qualified);
        String name = qualified;
        while (names.find()) {
            name = names.group();
        }
        return "\"[`".indexOf(name.charAt(0)) >= 0
                ? name.substring(1, name.length() - 1)
                : name.toLowerCase(Locale.ROOT);
    }
}
