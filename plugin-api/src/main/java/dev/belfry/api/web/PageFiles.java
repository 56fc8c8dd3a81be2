package dev.belfry.api.web;

/**
 * The files of a plugin that its pages load.
 *
 * @since 0.2
 */
public interface PageFiles {

    /**
     * Lets pages of every origin load the files, such as the script of a web component. The pages of the mount stay closed to other
     * origins.
     *
     * @return this
     * @throws IllegalStateException if the files are not public, or if the plugin has already started
     */
    PageFiles anyOrigin();
}
