package dev.belfry.notifications.jooq.insert;

/** The position of a notification is in use already. The transaction has to be rolled back. */
public final class DuplicateSortKey extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DuplicateSortKey() {
        super("the position of a notification is in use", null, false, false);
    }
}
