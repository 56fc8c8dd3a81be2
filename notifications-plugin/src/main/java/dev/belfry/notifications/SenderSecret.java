package dev.belfry.notifications;

import dev.belfry.api.access.AccessRestriction;
import dev.belfry.api.access.AuthenticationFailed;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.HeaderCredentials;
import dev.belfry.api.access.SharedSecret;
import java.util.List;
import java.util.Set;

/** The secret of senders without tokens. A caller with it can send and read, but not export the notifications of all users. */
record SenderSecret(SharedSecret secret, String pluginId) implements HeaderCredentials {

    private static final Set<String> PERMISSIONS =
            Set.of("notifications.create", "notifications.list", "notifications.update.read");

    @Override
    public String header() {
        return secret.header();
    }

    @Override
    public Caller identify(String value) throws AuthenticationFailed {
        return Caller.service(
                secret.identify(value).subject(), List.of(new AccessRestriction(pluginId, PERMISSIONS, Set.of())));
    }
}
