package dev.belfry.notifications.sending;

import dev.belfry.notifications.storage.Addressees;
import java.util.Collection;

/** Port: which users and groups exist, from the catalog. */
@FunctionalInterface
public interface Recipients {

    /** The addressees that do not exist, as {@code user:namespace/name} or {@code group:namespace/name}. */
    Collection<String> unknown(Addressees addressees);
}
