package dev.belfry.api.catalog;

import java.util.Collection;

/**
 * Publishes the users and groups of one plugin to the host's catalog, beside the entities of the catalog's files and of other plugins.
 *
 * <p>The files count first, then the plugins in the order of their ids: of two entities with one reference, the first one counts, and the
 * log has a warning. Entities of one source can name groups of another one as memberships; a group that does not exist is ignored.
 *
 * <p>The entities that a plugin has published stay until it publishes again, also while the plugin is replaced: the next version
 * takes them over until its own first publication. They are dropped when the plugin is removed, disabled or fails to run. A plugin
 * that has not published yet has no users and groups, so a request of such a user gets 401. Use {@link
 * dev.belfry.api.PluginContext#healthCheck} to keep the host from being ready until then.
 *
 * @since 0.2
 */
public interface CatalogSource {

    /**
     * Replaces all users and groups of this plugin, at once: a request sees either the old ones or the new ones. While the plugin starts,
     * they take effect when the start is over. A version of the plugin that has been replaced no longer changes the catalog.
     *
     * @param entities may be empty; copied
     * @throws IllegalArgumentException if two of them have one reference; the message names it. Nothing is then changed
     * @throws IllegalStateException if the plugin has stopped
     */
    void replaceAll(Collection<CatalogEntity> entities);
}
