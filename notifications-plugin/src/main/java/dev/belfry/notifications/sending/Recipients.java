package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.Addressees;
import java.util.Collection;

/** What sending asks of the catalog. */
@FunctionalInterface
public interface Recipients {

    /** Those whom the catalog does not have, as {@code user:namespace/name} or {@code group:namespace/name}. */
    Collection<String> unknown(Addressees addressees);
}
