package dev.belfry.api.web;

/**
 * A page of a plugin.
 *
 * @since 0.2
 */
public interface Page {

    /**
     * Sets the policy of this page, in place of the policy of its mount.
     *
     * @param policy value of the header {@code Content-Security-Policy}
     * @return this
     * @throws IllegalArgumentException if it is not a list of directives
     * @throws IllegalStateException if the plugin has already started
     */
    Page contentSecurityPolicy(String policy);
}
