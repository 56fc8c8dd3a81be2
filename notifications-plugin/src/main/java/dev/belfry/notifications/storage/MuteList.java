package dev.belfry.notifications.storage;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The topics and origins that a user has muted. Muted notifications stay in the inbox, but do not count as unread.
 *
 * @since 0.2
 */
public record MuteList(SortedSet<String> topics, SortedSet<String> origins) {

    /** Nothing is muted. */
    public static final MuteList NONE = new MuteList(new TreeSet<>(), new TreeSet<>());

    public MuteList {
        topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
        origins = Collections.unmodifiableSortedSet(new TreeSet<>(origins));
    }

    public static MuteList of(Collection<String> topics, Collection<String> origins) {
        return new MuteList(new TreeSet<>(topics), new TreeSet<>(origins));
    }

    public boolean isEmpty() {
        return topics.isEmpty() && origins.isEmpty();
    }

    /** Returns true if a notification with this content is muted: by its whole topic or its whole origin. */
    public boolean includes(Content content) {
        return origins.contains(content.origin()) || (content.topic() != null && topics.contains(content.topic()));
    }
}
