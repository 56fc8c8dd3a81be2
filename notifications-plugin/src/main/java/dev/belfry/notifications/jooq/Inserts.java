package dev.belfry.notifications.jooq;

import static dev.belfry.notifications.jooq.schema.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.insertInto;

import dev.belfry.notifications.storage.Content;
import dev.belfry.notifications.storage.Folding;
import dev.belfry.notifications.storage.Notification;
import org.jooq.InsertReturningStep;
import org.jooq.Record;

/** The row of a notification. */
final class Inserts {

    private Inserts() {}

    static InsertReturningStep<Record> notification(long position, long audience, Notification notification) {
        Content content = notification.content();
        return insertInto(NOTIFICATION)
                .set(NOTIFICATION.POS, position)
                .set(NOTIFICATION.ID, notification.id().toString())
                .set(NOTIFICATION.AUDIENCE, audience)
                .set(NOTIFICATION.ORIGIN, content.origin())
                .set(NOTIFICATION.TITLE, content.title())
                .set(NOTIFICATION.MESSAGE, content.message())
                .set(NOTIFICATION.TOPIC, content.topic())
                .set(NOTIFICATION.ACTIONS, ActionsColumn.write(content.actions()))
                .set(NOTIFICATION.FOLDED, Folding.fold(content.title(), content.message()))
                .onConflict(NOTIFICATION.POS)
                .doNothing();
    }
}
