package dev.belfry.plugins.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import dev.belfry.api.catalog.CatalogSource;
import java.sql.SQLException;

/**
 * Publishes the stored resources when they have changed. It asks the database, because another host or another version of the plugin may
 * have changed them, and so that many changes in a row are published together.
 */
final class CatalogPublisher {

    private static final long NEVER = -1;

    private final Transactions transactions;
    private final CatalogSource source;
    private long published = NEVER;

    CatalogPublisher(Transactions transactions, CatalogSource source) {
        this.transactions = transactions;
        this.source = source;
    }

    synchronized void publishChanges() throws SQLException, ScimException {
        // Read before the resources: a change in between is published again.
        long revision = transactions.revision();
        if (revision != published) {
            source.replaceAll(CatalogEntities.of(transactions.read(ResourceTable::all)));
            published = revision;
        }
    }
}
