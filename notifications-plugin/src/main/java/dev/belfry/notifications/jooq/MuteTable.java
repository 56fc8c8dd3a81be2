package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.MUTE;
import static org.jooq.impl.DSL.select;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.jooq.change.ReadChanges;
import dev.belfry.notifications.jooq.counts.MutingFlag;
import dev.belfry.notifications.jooq.query.MuteKind;
import dev.belfry.notifications.jooq.statement.BoundQuery;
import dev.belfry.notifications.jooq.statement.StatementCache;
import dev.belfry.notifications.storage.MuteList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;

/** The topics and origins that users have muted. */
final class MuteTable {

    private static final String USERS = "users";

    private final StatementCache statements;
    private final SqlDialect sql;

    MuteTable(StatementCache statements, SqlDialect sql) {
        this.statements = statements;
        this.sql = sql;
    }

    private record Row(String user, String kind, String value) {}

    private static final class Sets {
        private final Set<String> topics = new HashSet<>();
        private final Set<String> origins = new HashSet<>();

        void add(String kind, String value) {
            (kind.equals(MuteKind.TOPIC) ? topics : origins).add(value);
        }

        MuteList list() {
            return MuteList.of(topics, origins);
        }
    }

    Map<EntityRef, MuteList> read(Collection<EntityRef> users) {
        Map<String, EntityRef> byName = new HashMap<>();
        users.forEach(user -> byName.put(user.qualifiedName(), user));
        BoundQuery query = new BoundQuery(
                "mute lists",
                () -> select(MUTE.USER_REF, MUTE.KIND, MUTE.VALUE)
                        .from(MUTE)
                        .where(sql.lists().isOneOf(MUTE.USER_REF, USERS)),
                Map.of(USERS, sql.lists().strings(byName.keySet())));
        Map<String, Sets> sets = new HashMap<>();
        statements
                .fetch(query, row -> new Row(row.getString(1), row.getString(2), row.getString(3)))
                .forEach(
                        row -> sets.computeIfAbsent(row.user(), _ -> new Sets()).add(row.kind(), row.value()));
        Map<EntityRef, MuteList> lists = new HashMap<>();
        byName.forEach((name, user) -> {
            Sets found = sets.get(name);
            if (found != null) {
                lists.put(user, found.list());
            }
        });
        return lists;
    }

    void replace(EntityRef owner, MuteList list) {
        String user = owner.qualifiedName();
        sql.transactions().write(transaction -> {
            sql.transactions().awaitAdvisoryLock(transaction, MutingFlag.LOCK);
            MuteList before = stored(transaction, user);
            if (before.equals(list)) {
                return false;
            }
            transaction.deleteFrom(MUTE).where(MUTE.USER_REF.eq(user)).execute();
            insert(transaction, user, MuteKind.TOPIC, list.topics());
            insert(transaction, user, MuteKind.ORIGIN, list.origins());
            MutingFlag.change(transaction, user, !before.isEmpty(), !list.isEmpty());
            ReadChanges.addMuteList(transaction, user);
            return true;
        });
    }

    private static MuteList stored(DSLContext transaction, String user) {
        Sets sets = new Sets();
        transaction
                .select(MUTE.KIND, MUTE.VALUE)
                .from(MUTE)
                .where(MUTE.USER_REF.eq(user))
                .forEach(row -> sets.add(row.value1(), row.value2()));
        return sets.list();
    }

    private static void insert(DSLContext transaction, String user, String kind, Set<String> values) {
        if (values.isEmpty()) {
            return;
        }
        var insert = transaction.insertInto(MUTE, MUTE.USER_REF, MUTE.KIND, MUTE.VALUE);
        for (String value : values) {
            insert = insert.values(user, kind, value);
        }
        insert.execute();
    }
}
