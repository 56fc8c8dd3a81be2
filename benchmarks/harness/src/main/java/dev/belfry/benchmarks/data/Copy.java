package dev.belfry.benchmarks.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** The way by which PostgreSQL takes many rows: COPY, in its text format. None of our texts has a character to escape. */
final class Copy {

    private static final int BUFFER = 1 << 16;

    private Copy() {}

    static void into(Connection connection, String table, Stream<Row> rows, Function<Row, String> line)
            throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        try (PGCopyOutputStream out = new PGCopyOutputStream(postgres, "copy " + table + " from stdin", BUFFER)) {
            rows.map(line).forEach(text -> write(out, text));
        } catch (IOException e) {
            throw new SQLException("the rows of " + table + " could not be copied", e);
        }
    }

    private static void write(PGCopyOutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String line(@Nullable Object... values) {
        return Arrays.stream(values).map(Objects::toString).collect(Collectors.joining("\t", "", "\n"));
    }
}
