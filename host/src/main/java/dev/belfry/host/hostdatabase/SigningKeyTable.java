package dev.belfry.host.hostdatabase;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.belfry.host.access.SigningKeys;
import java.time.Instant;
import java.util.List;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** The table {@code signing_key}. */
public final class SigningKeyTable implements SigningKeys {

    private static final Table<Record> TABLE = table("signing_key");
    private static final Field<String> ID = field("id", String.class);
    private static final Field<String> JWK = field("jwk", String.class);
    private static final Field<Long> CREATED = field("created", Long.class);

    private final HostDatabase database;

    public SigningKeyTable(HostDatabase database) {
        this.database = database;
    }

    @Override
    public List<SigningKey> all() {
        return database.call(sql -> sql.select(ID, JWK, CREATED)
                .from(TABLE)
                .orderBy(CREATED.desc(), ID)
                .fetch(row -> new SigningKey(row.get(ID), row.get(JWK), Instant.ofEpochMilli(row.get(CREATED)))));
    }

    @Override
    public void add(SigningKey key) {
        database.run(sql -> sql.insertInto(TABLE, ID, JWK, CREATED)
                .values(key.id(), key.jwk(), key.created().toEpochMilli())
                .execute());
    }

    @Override
    public void deleteOlderThan(Instant created) {
        database.run(sql ->
                sql.deleteFrom(TABLE).where(CREATED.lt(created.toEpochMilli())).execute());
    }
}
