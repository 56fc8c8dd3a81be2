package dev.belfry.api.web;

/**
 * A route of a plugin. Rules that are declared on it apply to this route alone, not to other methods of its path.
 *
 * @since 0.2
 */
public interface Route {

    /**
     * Declares query parameters of this route. An unknown or repeated parameter then gets a 400 that names it and a similar
     * name. Without a call, the route accepts any parameter.
     *
     * @param names added to the names of earlier calls; no name = the route accepts no query parameter
     * @return this
     * @throws IllegalStateException if the plugin has already started
     */
    Route query(String... names);
}
