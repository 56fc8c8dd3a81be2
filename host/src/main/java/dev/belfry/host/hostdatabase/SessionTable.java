package dev.belfry.host.hostdatabase;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.session.Session;
import dev.belfry.host.session.SessionStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** The table {@code browser_session}. Times are milliseconds since 1970. */
public final class SessionTable implements SessionStore {

    private static final Table<Record> TABLE = table("browser_session");
    private static final Field<String> ID = field("id", String.class);
    private static final Field<String> USER = field("user_ref", String.class);
    private static final Field<String> PROVIDER = field("provider", String.class);
    private static final Field<Long> CREATED = field("created", Long.class);
    private static final Field<Long> LAST_SEEN = field("last_seen", Long.class);
    private static final Field<Long> ENDS = field("ends", Long.class);
    private static final Field<String> ID_TOKEN = field("id_token", String.class);

    private final HostDatabase database;

    public SessionTable(HostDatabase database) {
        this.database = database;
    }

    @Override
    public void add(Session session) {
        database.run(sql -> sql.insertInto(TABLE, ID, USER, PROVIDER, CREATED, LAST_SEEN, ENDS, ID_TOKEN)
                .values(
                        session.id(),
                        session.user().toString(),
                        session.provider(),
                        session.created().toEpochMilli(),
                        session.lastSeen().toEpochMilli(),
                        session.ends().toEpochMilli(),
                        session.idTokenHint().orElse(null))
                .execute());
    }

    @Override
    public Optional<Session> find(String id) {
        return database.call(sql -> sql.select(ID, USER, PROVIDER, CREATED, LAST_SEEN, ENDS, ID_TOKEN)
                .from(TABLE)
                .where(ID.eq(id))
                .fetchOptional(SessionTable::session));
    }

    private static Session session(Record row) {
        return new Session(
                row.get(ID),
                user(row.get(USER)),
                row.get(PROVIDER),
                Instant.ofEpochMilli(row.get(CREATED)),
                Instant.ofEpochMilli(row.get(LAST_SEEN)),
                Instant.ofEpochMilli(row.get(ENDS)),
                row.get(ID_TOKEN));
    }

    private static EntityRef user(String text) {
        return EntityRef.parse(text, EntityRef.USER);
    }

    @Override
    public void touch(String id, Instant now) {
        database.run(sql -> sql.update(TABLE)
                .set(LAST_SEEN, now.toEpochMilli())
                .where(ID.eq(id))
                .execute());
    }

    @Override
    public void delete(String id) {
        database.run(sql -> sql.deleteFrom(TABLE).where(ID.eq(id)).execute());
    }

    @Override
    public List<String> deleteAll(EntityRef user) {
        return database.call(sql -> sql.deleteFrom(TABLE)
                .where(USER.eq(user.toString()))
                .returningResult(ID)
                .fetch(ID));
    }

    @Override
    public void deleteExpired(Instant idleSince, Instant now) {
        database.run(sql -> sql.deleteFrom(TABLE)
                .where(LAST_SEEN.lt(idleSince.toEpochMilli()).or(ENDS.lt(now.toEpochMilli())))
                .execute());
    }

    @Override
    public Set<EntityRef> users() {
        List<String> stored =
                database.call(sql -> sql.selectDistinct(USER).from(TABLE).fetch(USER));
        return stored.stream().map(SessionTable::user).collect(Collectors.toSet());
    }
}
