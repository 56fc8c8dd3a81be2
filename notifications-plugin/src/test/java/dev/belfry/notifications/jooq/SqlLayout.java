package dev.belfry.notifications.jooq;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lays out a statement for people: a line for each clause, and names without quotes. */
final class SqlLayout {

    private static final String INDENT = "  ";
    private static final int WIDTH = 100;

    private static final Pattern CLAUSE = Pattern.compile(
            "\\b(?:select|from|where|and|or|(?:left outer |cross )?join|union all|union|group by|order by|limit|offset|fetch"
                    + "|insert into|values|on conflict|returning|update|set|delete from)\\b");

    private final StringBuilder text = new StringBuilder();
    private int depth;
    private int lineStart;

    private SqlLayout() {}

    static String of(String sql) {
        SqlLayout layout = new SqlLayout();
        layout.write(sql.replaceAll("[\"`]", ""));
        return layout.text.toString();
    }

    private void write(String sql) {
        Matcher clause = CLAUSE.matcher(sql);
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\'') {
                int end = sql.indexOf('\'', i + 1) + 1;
                text.append(sql, i, end);
                i = end;
            } else if (clause.region(i, sql.length()).lookingAt()
                    && (i == 0 || !Character.isLetter(sql.charAt(i - 1)))) {
                breakLine(depth);
                text.append(clause.group());
                i = clause.end();
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                text.append(c);
                i++;
                if (c == ',' && text.length() - lineStart > WIDTH) {
                    breakLine(depth + 1);
                    i++;
                }
            }
        }
    }

    private void breakLine(int indent) {
        text.setLength(text.toString().stripTrailing().length());
        if (!text.isEmpty()) {
            text.append('\n');
        }
        lineStart = text.length();
        text.append(INDENT.repeat(indent));
    }
}
