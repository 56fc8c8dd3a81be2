package dev.belfry.host.database;

import java.util.regex.Pattern;

/** SQL text for logs: every literal is replaced by a question mark. */
final class SqlText {

    private static final int MAX_LENGTH = 2000;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern LIST = Pattern.compile("\\?(?: ?, ?\\?)+");
    private static final Pattern ROWS = Pattern.compile("(\\([?, .]+\\))(?: ?, ?\\([?, .]+\\))+");

    private final String sql;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private SqlText(String sql) {
        this.sql = sql;
    }

    /** Shortens lists of values, so that the text does not depend on their number. */
    static String withoutValues(String sql) {
        String text = BLANKS.matcher(new SqlText(sql).scan()).replaceAll(" ").strip();
        text = LIST.matcher(text).replaceAll("?, ...");
        text = ROWS.matcher(text).replaceAll("$1, ...");
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + " ...";
    }

    private String scan() {
        while (at < sql.length()) {
            char next = sql.charAt(at);
            if (next == '\'') {
                skipString();
            } else if (next == '"') {
                copyTo(end("\"", at + 1));
            } else if (sql.startsWith("--", at)) {
                skipComment(end("\n", at));
            } else if (sql.startsWith("/*", at)) {
                skipComment(end("*/", at + 2));
            } else if (next == '$' && !isInName(at)) {
                skipDollars();
            } else if (Character.isDigit(next) && !isInName(at)) {
                skipNumber();
            } else {
                copyTo(at + 1);
            }
        }
        return text.toString();
    }

    private void copyTo(int end) {
        text.append(sql, at, end);
        at = end;
    }

    private void skipComment(int end) {
        text.append(' ');
        at = end;
    }

    /** Position after the mark; the end of the text when there is none. */
    private int end(String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    private void skipString() {
        boolean escapes = at > 0 && "eE".indexOf(sql.charAt(at - 1)) >= 0 && !isInName(at - 1);
        int end = at + 1;
        while (end < sql.length() && (sql.charAt(end) != '\'' || sql.startsWith("''", end))) {
            boolean isPair = sql.charAt(end) == '\'' || (escapes && sql.charAt(end) == '\\');
            end += isPair ? 2 : 1;
        }
        at = Math.min(end + 1, sql.length());
        text.append('?');
    }

    /** PostgreSQL's {@code $tag$ ... $tag$}; {@code $1} is a parameter. */
    private void skipDollars() {
        int tagEnd = sql.indexOf('$', at + 1);
        String tag = tagEnd < 0 ? "" : sql.substring(at, tagEnd + 1);
        if (tag.matches("\\$([\\p{L}_][\\p{L}\\p{N}_]*)?\\$")) {
            at = end(tag, tagEnd + 1);
            text.append('?');
        } else {
            copyTo(at + 1);
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                copyTo(at + 1);
            }
        }
    }

    private void skipNumber() {
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        text.append('?');
    }

    private boolean isInName(int place) {
        return place > 0
                && (Character.isLetterOrDigit(sql.charAt(place - 1)) || "_$".indexOf(sql.charAt(place - 1)) >= 0);
    }
}
