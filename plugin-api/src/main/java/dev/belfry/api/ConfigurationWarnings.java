package dev.belfry.api;

import java.util.Map;

/**
 * A configuration record that warns of valid values with a consequence that the operator should know, such as a password that
 * is sent without encryption. The host writes the warnings to the log with file, line and path when it binds the record, that
 * is at start and restart; {@code config check} and {@code doctor} print them if the plugin's schema names the record.
 *
 * @since 0.2
 */
public interface ConfigurationWarnings {

    /**
     * One sentence for each warning: what is the consequence, and what to write instead. Without secret values.
     *
     * @return the warnings by key, relative to the record, such as {@code tls.startTls}; empty if there are none
     */
    Map<String, String> warnings();
}
