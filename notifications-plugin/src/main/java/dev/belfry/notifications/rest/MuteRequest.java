package dev.belfry.notifications.rest;

import dev.belfry.notifications.sending.InvalidInput;
import dev.belfry.notifications.sending.TextLimits;
import dev.belfry.notifications.storage.MuteList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request to replace what the caller has muted, not validated. Null = absent. */
record MuteRequest(
        @Nullable List<@Nullable String> topics, @Nullable List<@Nullable String> origins) {

    private static final int MAX = 100;

    /** @throws InvalidInput when the request is invalid; the message names the field, its value and the rule */
    MuteList muteList() {
        return new MuteList(checked("topics", topics), checked("origins", origins));
    }

    private static SortedSet<String> checked(String field, @Nullable List<@Nullable String> values) {
        SortedSet<String> checked = new TreeSet<>();
        if (values == null) {
            return checked;
        }
        if (values.size() > MAX) {
            throw new InvalidInput(field + " must have at most " + MAX + " elements, not " + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            // A topic may be empty, but muting the empty one is more likely a mistake of the client.
            checked.add(TextLimits.required(field + "[" + i + "]", values.get(i)));
        }
        return checked;
    }
}
