package dev.belfry.notifications.storage;

/**
 * The reference of a user.
 *
 * @param value {@code namespace/name}, in lower case
 * @since 0.1
 */
public record UserRef(String value) implements Comparable<UserRef> {

    public UserRef {
        Ref.check(value);
    }

    @Override
    public int compareTo(UserRef other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
