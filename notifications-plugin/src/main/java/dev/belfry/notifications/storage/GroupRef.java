package dev.belfry.notifications.storage;

/**
 * The reference of a group.
 *
 * @param value {@code namespace/name}, in lower case
 * @since 0.1
 */
public record GroupRef(String value) implements Comparable<GroupRef> {

    public GroupRef {
        Ref.check(value);
    }

    @Override
    public int compareTo(GroupRef other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
