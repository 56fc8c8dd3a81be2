package dev.belfry.notifications.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.notifications.sending.CreateRequest;
import dev.belfry.notifications.sending.CreateRequestRules;
import dev.belfry.notifications.sending.Draft;
import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.Quoted;
import dev.belfry.notifications.storage.AddressedNotification;
import dev.belfry.notifications.storage.Addressees;
import dev.belfry.notifications.storage.ArchivedNotification;
import dev.belfry.notifications.storage.Notification;
import dev.belfry.notifications.storage.NotificationArchive;
import dev.belfry.notifications.storage.NotificationId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of an import, not validated. Null = absent. */
record ArchiveLine(
        @Nullable String id,
        @Nullable String created,
        @Nullable Boolean isSystem,
        @Nullable String origin,
        @Nullable String title,
        @Nullable String message,
        @Nullable String topic,
        @Nullable String format,
        @Nullable List<CreateRequest.@Nullable Action> actions,
        @Nullable List<@Nullable String> targetUsers,
        @Nullable List<@Nullable String> targetGroups,
        @Nullable List<@Nullable String> readBy) {

    private static final Set<String> OF_READERS = Set.of("id", "readBy");
    private static final Set<String> ALL = Set.of(
            "id",
            "created",
            "isSystem",
            "origin",
            "title",
            "message",
            "topic",
            "format",
            "actions",
            "targetUsers",
            "targetGroups",
            "readBy");

    /**
     * The names of the fields of a line.
     *
     * @throws InvalidInput when the line is no object, or has a field of another name: a misspelled one must not be lost
     */
    static Set<String> fields(String line) {
        Set<String> fields = new TreeSet<>();
        try (JsonParser json = BatchElements.JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInput("the line must be a JSON object");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                if (!ALL.contains(field)) {
                    throw new InvalidInput("the field " + Quoted.of(field) + " is unknown");
                }
                if (!fields.add(field)) {
                    throw new InvalidInput("the field '" + field + "' occurs twice");
                }
                json.nextToken();
                json.skipChildren();
            }
            if (json.nextToken() != null) {
                throw new InvalidInput("the line must be one JSON object, with nothing behind it");
            }
        } catch (IOException e) {
            throw new InvalidInput("the line is not valid JSON");
        }
        return fields;
    }

    /** Returns true if a line with these fields adds readers to a notification that came before. */
    static boolean isOfReaders(Set<String> fields) {
        return fields.equals(OF_READERS);
    }

    /**
     * The notification of the line.
     *
     * @param latest the latest possible time of creation
     * @throws InvalidInput when the line is invalid; the message names the field, its value and the rule
     */
    ArchivedNotification notification(CreateRequestRules rules, Instant latest) {
        NotificationId checked = checkedId();
        checkCreated(checked, latest);
        Draft draft = rules.draft(
                new CreateRequest(origin, title, message, topic, format, actions, targetUsers, targetGroups));
        boolean system = Boolean.TRUE.equals(isSystem);
        if (system != draft.addressees().isEveryone()) {
            throw new InvalidInput(
                    system
                            ? "isSystem must be false, because there are targets"
                            : "without targets, isSystem must be true: the notification is for everyone");
        }
        List<EntityRef> readers = readers();
        checkReaders(readers, draft.addressees());
        return new ArchivedNotification(
                new AddressedNotification(new Notification(checked, draft.content(), system), draft.addressees()),
                readers,
                false);
    }

    private static void checkReaders(List<EntityRef> readers, Addressees addressees) {
        for (EntityRef reader : readers) {
            if (!addressees.canInclude(reader)) {
                throw new InvalidInput(
                        "readBy: " + reader + " is none of the targetUsers, and there are no targetGroups");
            }
        }
    }

    NotificationId checkedId() {
        if (id == null) {
            throw new InvalidInput("id is required");
        }
        if (!QueryValues.isUuid(id) || !NotificationId.isValid(UUID.fromString(id))) {
            throw new InvalidInput("id must be a UUID of version 7, not " + Quoted.of(id));
        }
        return new NotificationId(UUID.fromString(id));
    }

    private void checkCreated(NotificationId checked, Instant latest) {
        if (checked.created().isAfter(latest)) {
            throw new InvalidInput("id " + Quoted.of(checked.toString()) + " is of the future: it was created at "
                    + checked.created() + ", and the latest possible time is " + latest);
        }
        if (created != null
                && !Rfc3339.parse(created).filter(checked.created()::equals).isPresent()) {
            throw new InvalidInput(
                    "created must be the time that id contains, " + checked.created() + ", not " + Quoted.of(created));
        }
    }

    /** @throws InvalidInput when there are too many readers, or one is no user */
    List<EntityRef> readers() {
        if (readBy == null) {
            return List.of();
        }
        if (readBy.size() > NotificationArchive.MAX_READERS) {
            throw new InvalidInput("readBy must have at most " + NotificationArchive.MAX_READERS + " elements, not "
                    + readBy.size() + "; put the others on lines of their own, with id and readBy");
        }
        Set<EntityRef> readers = new LinkedHashSet<>();
        for (int i = 0; i < readBy.size(); i++) {
            readers.add(reader("readBy[" + i + "]", readBy.get(i)));
        }
        return new ArrayList<>(readers);
    }

    private static EntityRef reader(String field, @Nullable String text) {
        if (text == null) {
            throw new InvalidInput(field + " must not be null");
        }
        try {
            EntityRef user = EntityRef.parse(text, EntityRef.USER);
            if (user.kind().equals(EntityRef.USER)) {
                return user;
            }
        } catch (IllegalArgumentException e) {
            // The same rule.
        }
        throw new InvalidInput(field + " must be a user, such as default/ada, not " + Quoted.of(text));
    }
}
