package dev.belfry.host.database;

import dev.belfry.host.logging.Redaction;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteException;

/**
 * Says in one clause why a database cannot be used, by the classes and codes of the driver's exceptions. The driver's own text is the
 * last resort.
 */
final class DatabaseProblem {

    /** The driver puts the general meaning of the code before SQLite's sentence. */
    private static final Pattern OF_SQLITE = Pattern.compile("\\[SQLITE_[A-Z_]+\\] .*? \\((.+)\\)");

    private DatabaseProblem() {}

    /** An exception of the same kind for {@link Outages}, whose message is {@link #of}. */
    static SQLException translated(SQLException failure, DatabaseAddress address) {
        return new SQLException(of(failure, address), failure.getSQLState(), failure);
    }

    static String of(Throwable failure, DatabaseAddress address) {
        List<Throwable> causes = causes(failure);
        return causes.stream()
                .flatMap(cause -> known(cause, causes, address).stream())
                .findFirst()
                .orElseGet(() -> own(causes.getLast()));
    }

    private static Optional<String> known(Throwable cause, List<Throwable> causes, DatabaseAddress address) {
        return switch (cause) {
            case UnusableDatabase sentence -> Optional.of(String.valueOf(sentence.getMessage()));
            case PoolerMisconfigured sentence -> Optional.of(String.valueOf(sentence.getMessage()));
            case SQLiteException sqlite -> Optional.of(SqliteProblem.of(sqlite, address));
            case SQLTransientConnectionException pool
            when pool.getCause() == null -> Optional.of("all connections of the plugin's pool are in use");
            case SQLException e
            when address instanceof DatabaseAddress.Postgres postgres -> new PostgresProblem(causes, postgres).of(e);
            default -> Optional.empty();
        };
    }

    /** The driver's own text, on one line and without credentials. */
    static String own(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        String line = Redaction.of(text.lines().findFirst().orElse("").strip());
        Matcher sqlite = OF_SQLITE.matcher(line);
        return sqlite.matches() ? sqlite.group(1) : line;
    }

    /** The failure and its causes, outermost first. */
    static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
