package dev.belfry.notifications.jooq;

import dev.belfry.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks SQLite for the plan of each SQL text once: without statistics it always makes the same one. */
final class SqlitePlanner extends Planner {

    private static final Pattern STEP = Pattern.compile("(SCAN|SEARCH) (\\w+)(.*)");

    /** A condition on a range only: the range contains rows of all users. */
    private static final Pattern RANGE_ALONE = Pattern.compile(".*\\([^=()]*[<>][^=()]*\\)");

    /** A scan of the whole search index. */
    private static final String EVERY_TEXT = " VIRTUAL TABLE INDEX 0:";

    private final Set<String> asked = new HashSet<>();

    SqlitePlanner(TestDatabase database) {
        super(database);
    }

    @Override
    void prepare(Connection connection) {}

    @Override
    void ran(PreparedStatement statement, String sql) throws SQLException {
        if (!asked.add(sql)) {
            return;
        }
        try (Statement explain = statement.getConnection().createStatement();
                ResultSet steps = explain.executeQuery("explain query plan " + sql)) {
            while (steps.next()) {
                look(steps.getString("detail"), sql);
            }
        }
    }

    private void look(String step, String sql) {
        Matcher parts = STEP.matcher(step);
        if (!parts.matches()) {
            return;
        }
        String table = table(parts.group(2), sql);
        boolean isScan = parts.group(1).equals("SCAN");
        String by = parts.group(3);
        if (TABLES.contains(table)
                && (isScan
                        || by.contains("AUTOMATIC")
                        || RANGE_ALONE.matcher(by).matches())) {
            found(table, step, sql);
        }
        if (isScan && by.equals(EVERY_TEXT)) {
            found(table, step, sql);
        }
    }

    /** A step names a table by its alias in the statement. */
    private static String table(String name, String sql) {
        Matcher alias = Pattern.compile(
                        "\\b(" + String.join("|", TABLES) + ")\"? (?:as )?\"?" + Pattern.quote(name) + "\\b")
                .matcher(sql);
        return !TABLES.contains(name) && alias.find() ? alias.group(1) : name;
    }
}
