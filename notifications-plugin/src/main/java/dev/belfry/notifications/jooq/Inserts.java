package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.insertInto;
import static org.jooq.impl.DSL.param;

import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.UserRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.InsertReturningStep;
import org.jooq.InsertSetMoreStep;
import org.jooq.InsertSetStep;
import org.jooq.Param;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Rows of notifications, of those whom they name, and of what they change in the tallies. */
final class Inserts {

    private static final int ROWS_AT_ONCE = 500;

    private Inserts() {}

    /** The position of one of them is taken: whatever was inserted has to be undone. */
    static final class PositionTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PositionTaken() {
            super("a position is taken", null, false, false);
        }
    }

    /** @throws PositionTaken when others have one of the positions, or two of them the same */
    static void insert(DSLContext inside, List<StoredRow> rows) {
        record Named(String user, long position) {}
        List<Named> named = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            List<StoredRow> part = rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size()));
            if (inside.execute(notifications(part)) < part.size()) {
                throw new PositionTaken();
            }
        }
        for (StoredRow row : rows) {
            for (UserRef user : row.users()) {
                named.add(new Named(user.value(), row.position()));
            }
        }
        for (int from = 0; from < named.size(); from += ROWS_AT_ONCE) {
            var insert = inside.insertInto(ADDRESSEE, ADDRESSEE.USER_REF, ADDRESSEE.POS, ADDRESSEE.READ);
            for (Named one : named.subList(from, Math.min(from + ROWS_AT_ONCE, named.size()))) {
                insert = insert.values(one.user(), one.position(), 0);
            }
            insert.execute();
        }
        deltas(rows).write(inside);
    }

    static Deltas deltas(List<StoredRow> rows) {
        Deltas deltas = new Deltas();
        for (StoredRow row : rows) {
            deltas.sent(row.audience(), 1);
            row.users().forEach(user -> deltas.named(user.value(), row.audience(), 1));
        }
        return deltas;
    }

    /** At least one. */
    static InsertReturningStep<Record> notifications(List<StoredRow> rows) {
        InsertSetStep<Record> insert = insertInto(NOTIFICATION);
        InsertSetMoreStep<Record> values = values(insert, rows.getFirst());
        for (StoredRow row : rows.subList(1, rows.size())) {
            values = values(values.newRecord(), row);
        }
        return values.onConflict(NOTIFICATION.POS).doNothing();
    }

    static final Param<Long> AUDIENCE = param("audience", Long.class);
    static final Param<Long> POSITION = param("pos", Long.class);
    private static final Param<String> ID = param("id", String.class);
    private static final Param<String> ORIGIN = param("origin", String.class);
    private static final Param<String> TITLE = param("title", String.class);
    private static final Param<String> MESSAGE = param("message", String.class);
    private static final Param<String> TOPIC = param("topic", String.class);
    private static final Param<String> ACTIONS = param("actions", String.class);
    static final Param<String> FOLDED = param("folded", String.class);

    /** A notification whose {@link #values} are parameters. */
    static InsertReturningStep<Record> notification() {
        return insertInto(NOTIFICATION)
                .set(NOTIFICATION.POS, POSITION)
                .set(NOTIFICATION.ID, ID)
                .set(NOTIFICATION.AUDIENCE, AUDIENCE)
                .set(NOTIFICATION.ORIGIN, ORIGIN)
                .set(NOTIFICATION.TITLE, TITLE)
                .set(NOTIFICATION.MESSAGE, MESSAGE)
                .set(NOTIFICATION.TOPIC, TOPIC)
                .set(NOTIFICATION.ACTIONS, ACTIONS)
                .set(NOTIFICATION.FOLDED, FOLDED)
                .onConflict(NOTIFICATION.POS)
                .doNothing();
    }

    static Map<String, @Nullable Object> values(StoredRow row) {
        Content content = row.notification().content();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(POSITION.getName(), row.position());
        values.put(ID.getName(), row.notification().id().toString());
        values.put(AUDIENCE.getName(), row.audience());
        values.put(ORIGIN.getName(), content.origin());
        values.put(TITLE.getName(), content.title());
        values.put(MESSAGE.getName(), content.message());
        values.put(TOPIC.getName(), content.topic());
        values.put(ACTIONS.getName(), ActionsColumn.write(content.actions()));
        values.put(FOLDED.getName(), Folding.fold(content.title(), content.message()));
        return values;
    }

    private static InsertSetMoreStep<Record> values(InsertSetStep<Record> insert, StoredRow row) {
        Content content = row.notification().content();
        return insert.set(NOTIFICATION.POS, row.position())
                .set(NOTIFICATION.ID, row.notification().id().toString())
                .set(NOTIFICATION.AUDIENCE, row.audience())
                .set(NOTIFICATION.ORIGIN, content.origin())
                .set(NOTIFICATION.TITLE, content.title())
                .set(NOTIFICATION.MESSAGE, content.message())
                .set(NOTIFICATION.TOPIC, content.topic())
                .set(NOTIFICATION.ACTIONS, ActionsColumn.write(content.actions()))
                .set(NOTIFICATION.FOLDED, Folding.fold(content.title(), content.message()));
    }
}
