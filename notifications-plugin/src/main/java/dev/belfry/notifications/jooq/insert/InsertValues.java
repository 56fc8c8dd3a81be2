package dev.belfry.notifications.jooq.insert;

import static dev.belfry.notifications.jooq.schema.Tables.ADDRESSEE;
import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;

import dev.belfry.notifications.jooq.audience.AudienceSet;
import dev.belfry.notifications.jooq.counts.CounterDeltas;
import dev.belfry.notifications.jooq.row.ActionsColumn;
import dev.belfry.notifications.jooq.row.StoredRow;
import dev.belfry.notifications.storage.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The column values of the rows to insert, by column name. */
final class InsertValues {

    private InsertValues() {}

    static Map<String, @Nullable Object> notification(StoredRow row) {
        Content content = row.notification().content();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(NOTIFICATION.POS.getName(), row.position());
        values.put(NOTIFICATION.ID.getName(), row.notification().id().toString());
        values.put(NOTIFICATION.AUDIENCE.getName(), row.audience());
        values.put(NOTIFICATION.ORIGIN.getName(), content.origin());
        values.put(NOTIFICATION.TITLE.getName(), content.title());
        values.put(NOTIFICATION.MESSAGE.getName(), content.message());
        values.put(NOTIFICATION.TOPIC.getName(), content.topic());
        values.put(NOTIFICATION.ACTIONS.getName(), ActionsColumn.write(content.actions()));
        values.put(NOTIFICATION.MARKDOWN.getName(), content.format() == Content.Format.MARKDOWN ? 1L : 0L);
        values.put(NOTIFICATION.FOLDED.getName(), row.folded());
        return values;
    }

    static List<Map<String, Object>> addressees(StoredRow row) {
        return row.users().stream()
                .map(user -> Map.<String, Object>of(
                        ADDRESSEE.USER_REF.getName(),
                        user.qualifiedName(),
                        ADDRESSEE.POS.getName(),
                        row.position(),
                        ADDRESSEE.READ.getName(),
                        row.readers().contains(user) ? 1L : 0L))
                .toList();
    }

    static CounterDeltas deltas(List<StoredRow> rows) {
        CounterDeltas deltas = new CounterDeltas();
        for (StoredRow row : rows) {
            deltas.sent(row.audience(), 1);
            row.users().forEach(user -> deltas.named(user.qualifiedName(), row.audience(), 1));
            row.readers().forEach(user -> deltas.read(user.qualifiedName(), AudienceSet.NOBODY, 1));
        }
        return deltas;
    }
}
