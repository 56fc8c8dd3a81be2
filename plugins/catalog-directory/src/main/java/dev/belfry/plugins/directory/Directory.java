package dev.belfry.plugins.directory;

import dev.belfry.api.catalog.CatalogEntity;
import java.util.List;

/** A directory of users and groups. */
@FunctionalInterface
public interface Directory {

    /**
     * Reads all users and groups.
     *
     * @return the complete state
     * @throws Exception if it cannot be read completely; the message names the directory and the reason
     */
    List<CatalogEntity> read() throws Exception;
}
