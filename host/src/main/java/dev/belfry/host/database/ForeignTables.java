package dev.belfry.host.database;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tables that Belfry did not create, where a plugin's tables could be. They are never touched.
 *
 * @param holder a schema or a file, such as {@code the schema 'public'}
 */
record ForeignTables(String holder, List<String> names) {

    private static final int MAX_NAMES = 6;

    /** The notifications backend whose REST API the notifications plugin serves. */
    private static final Set<String> JANUS = Set.of("messages", "actions", "users", "groups");

    private static final Set<String> BACKSTAGE = Set.of("notification", "knex_migrations");

    /** A clause for logs and {@code doctor}. */
    String description() {
        String shown = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        int more = names.size() - MAX_NAMES;
        return holder + " has tables of " + owner() + " (" + shown + (more > 0 ? " and " + more + " more" : "") + ")";
    }

    /** A clause for a schema that a plugin needs for itself. */
    String refusal() {
        return description() + ", which stay as they are. Rename that schema (alter schema ... rename to ...), or name"
                + " another database by backend.database.plugin.<id>.connection.database or backend.database.prefix";
    }

    /** Advice for the time before the plugin has tables of its own; empty if there is none. */
    String hint(boolean isNew) {
        return isNew && hasMessages() ? ". To bring their messages over, follow docs/from-the-seed.md" : "";
    }

    private String owner() {
        return knownOwner(names).orElse("another application");
    }

    /** The application that creates tables of these names; empty if it is not known. */
    static Optional<String> knownOwner(Collection<String> names) {
        if (names.containsAll(JANUS)) {
            return Optional.of("the notifications backend of Janus IDP");
        }
        return names.containsAll(BACKSTAGE) ? Optional.of("Backstage's own notifications plugin") : Optional.empty();
    }

    private boolean hasMessages() {
        return names.containsAll(JANUS);
    }
}
