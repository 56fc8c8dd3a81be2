package dev.belfry.host.nimbus;

import dev.belfry.api.access.Caller;
import dev.belfry.host.settings.AuthSettings;
import dev.belfry.host.settings.AuthSettings.ExternalAccess;
import java.util.List;
import java.util.Optional;

/** Tokens that are themselves the secret. */
record StaticTokens(List<ExternalAccess.StaticToken> tokens) {

    /** The keys of static tokens, which change only with the process. */
    static final IssuerKeys UNCHANGED = IssuerKeys.shared(new byte[0]);

    static StaticTokens of(AuthSettings settings) {
        return new StaticTokens(settings.externalAccess().stream()
                .filter(ExternalAccess.StaticToken.class::isInstance)
                .map(ExternalAccess.StaticToken.class::cast)
                .toList());
    }

    /** Compares with every token in constant time, so that timing reveals nothing. */
    Optional<Caller> callerOf(String token) {
        Optional<Caller> found = Optional.empty();
        for (ExternalAccess.StaticToken access : tokens) {
            if (access.token().matches(token)) {
                found = Optional.of(Caller.service("external:" + access.subject(), access.restrictions()));
            }
        }
        return found;
    }
}
