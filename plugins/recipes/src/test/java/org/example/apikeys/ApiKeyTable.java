package org.example.apikeys;

import dev.belfry.api.catalog.EntityRef;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/** Has hashes only: a copy of the database contains no key. */
record ApiKeyTable(DataSource database) {

    static final String PREFIX = "key_";

    String create(EntityRef owner) throws SQLException {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String key = PREFIX + HexFormat.of().formatHex(random);
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into api_key values (?, ?)")) {
            insert.setString(1, hash(key));
            insert.setString(2, owner.toString());
            insert.executeUpdate();
        }
        return key;
    }

    Optional<EntityRef> ownerOf(String key) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select owner from api_key where hash = ?")) {
            select.setString(1, hash(key));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(EntityRef.parse(row.getString(1), EntityRef.USER)) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure); // 503 if the database is unavailable
        }
    }

    private static String hash(String key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure); // every JDK has SHA-256
        }
    }
}
