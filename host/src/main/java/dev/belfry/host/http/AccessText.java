package dev.belfry.host.http;

import dev.belfry.api.access.Access;
import dev.belfry.api.access.Permission;

/** An access rule in words, for operators. */
final class AccessText {

    private AccessText() {}

    static String of(Access access) {
        return access instanceof Permission permission
                ? permission.name() + " (" + permission.action().policyName() + ")"
                : access.toString();
    }
}
