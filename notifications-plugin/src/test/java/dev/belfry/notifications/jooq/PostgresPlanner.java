package dev.belfry.notifications.jooq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belfry.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/** Reads the plan of each executed statement from PostgreSQL (auto_explain). */
final class PostgresPlanner extends Planner {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String TELL_PLANS = """
            load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_format = json;
            set auto_explain.log_level = notice; set auto_explain.log_nested_statements = on""";

    private static final String PLAN = "plan:";

    /** A comparison for equality or of rows, in contrast to a range. */
    private static final Pattern POINTED = Pattern.compile("(?<![<>])=|ROW\\(|~~");

    PostgresPlanner(TestDatabase database) {
        super(database);
    }

    @Override
    void prepare(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class).setPrepareThreshold(1);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TELL_PLANS);
        }
    }

    @Override
    void ran(PreparedStatement statement, String sql) throws SQLException {
        for (SQLWarning told = statement.getWarnings(); told != null; told = told.getNextWarning()) {
            String message = String.valueOf(told.getMessage());
            int plan = message.indexOf(PLAN);
            if (plan >= 0) {
                look(plan(message.substring(plan + PLAN.length())), sql);
            }
        }
    }

    private static JsonNode plan(String json) {
        try {
            return JSON.readTree(json).path("Plan");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no plan: " + json, e);
        }
    }

    private void look(JsonNode step, String sql) {
        step.path("Plans").forEach(part -> look(part, sql));
        String how = step.path("Node Type").asText();
        table(step).filter(table -> isScan(step)).ifPresent(table -> {
            String index = step.path("Index Name").asText();
            String condition = step.path("Index Cond").asText();
            found(table, (how + " " + index + " " + condition).strip(), sql);
        });
    }

    private static boolean isScan(JsonNode step) {
        return switch (step.path("Node Type").asText()) {
            case "Seq Scan" -> true;
            case "Index Scan", "Index Only Scan", "Bitmap Index Scan" ->
                !POINTED.matcher(step.path("Index Cond").asText()).find();
            default -> false;
        };
    }

    /** A bitmap index scan names only the index, and an index is named after its table. */
    private static Optional<String> table(JsonNode step) {
        String relation = step.path("Relation Name").asText();
        String index = step.path("Index Name").asText();
        return TABLES.stream()
                .filter(table -> relation.isEmpty() ? index.startsWith(table + "_") : relation.equals(table))
                .max(Comparator.comparingInt(String::length));
    }
}
