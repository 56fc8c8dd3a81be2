package dev.belfry.installations;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One PostgreSQL server for all bundles, with and without TLS, started on first use. */
final class PostgresServer {

    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static PostgresServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();

        private static PostgresServer start() {
            try {
                Path folder = Files.createTempDirectory("belfry-postgres-tls");
                return new PostgresServer(EmbeddedPostgres.builder()
                        .setServerConfig("ssl", "on")
                        .setServerConfig(
                                "ssl_cert_file",
                                write(
                                        folder,
                                        "server.crt",
                                        Certificates.shared().certificate()))
                        .setServerConfig(
                                "ssl_key_file",
                                write(
                                        folder,
                                        "server.key",
                                        Certificates.shared().privateKey()))
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
            }
        }

        private static String write(Path folder, String name, String content) throws IOException {
            Path file = Files.createFile(
                    folder.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content).toString();
        }
    }

    int port() {
        return server.getPort();
    }

    /** A database that only one bundle has. */
    String newDatabase(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + name + "\"");
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " cannot be created", e);
        }
    }
}
