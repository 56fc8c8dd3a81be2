package dev.belfry.plugins.scim;

import dev.belfry.api.catalog.EntityRef;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code catalog-scim} of the configuration.
 *
 * @param userName the part of {@code userName} that becomes the user's name; default {@code whole}
 * @param namespace of users and groups; default {@code default}
 */
public record CatalogScimConfig(
        @Nullable UserNamePart userName, @Nullable String namespace) {

    /** {@code ada@example.org} becomes {@code ada_example.org}, or {@code ada}. */
    public enum UserNamePart {
        WHOLE,
        LOCAL_PART
    }

    ReferenceRule references() {
        return new ReferenceRule(
                namespace == null ? EntityRef.DEFAULT_NAMESPACE : namespace,
                userName == null ? UserNamePart.WHOLE : userName);
    }
}
