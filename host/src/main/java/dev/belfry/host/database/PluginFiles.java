package dev.belfry.host.database;

import java.net.URL;

/**
 * One version of a plugin, whose files contain the migrations.
 *
 * @param location its JAR, or its folder of classes
 */
record PluginFiles(String id, String version, URL location) {

    PluginResources open() {
        return new PluginResources(location);
    }

    /** As the history of migrations names it. */
    String name() {
        return id + " " + version;
    }
}
