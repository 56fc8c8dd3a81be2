package dev.belfry.plugins.hello;

import org.jspecify.annotations.Nullable;

/**
 * The section {@code hello} of the configuration.
 *
 * @param salutation the word before the name; default {@code Hello}
 */
public record HelloConfig(@Nullable String salutation) {

    String salutationOrDefault() {
        return salutation == null ? "Hello" : salutation;
    }
}
