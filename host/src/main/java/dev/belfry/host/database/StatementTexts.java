package dev.belfry.host.database;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.belfry.host.tracing.StatementText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts of statements for spans. Removing the values takes longer than many statements, and a plugin repeats its statements. */
final class StatementTexts {

    private static final int SIZE = 500;
    private static final Pattern OPERATION = Pattern.compile("\\w+");
    private static final Pattern TABLE =
            Pattern.compile("\\b(?:from|into|update|table|join)\\s+([\\w.\"]+)", Pattern.CASE_INSENSITIVE);

    private final LoadingCache<String, StatementText> known =
            Caffeine.newBuilder().maximumSize(SIZE).build(StatementTexts::describe);

    StatementText of(String sql) {
        return known.get(sql);
    }

    private static StatementText describe(String sql) {
        String text = SqlText.withoutValues(sql);
        return new StatementText(text, summary(text));
    }

    private static String summary(String text) {
        Matcher operation = OPERATION.matcher(text);
        String verb = operation.find() ? operation.group().toLowerCase(Locale.ROOT) : "statement";
        Matcher table = TABLE.matcher(text);
        return table.find() ? verb + " " + table.group(1).replace("\"", "") : verb;
    }
}
