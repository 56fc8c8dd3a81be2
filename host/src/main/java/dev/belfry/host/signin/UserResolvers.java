package dev.belfry.host.signin;

import dev.belfry.api.catalog.Catalog;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.directory.EntityDirectory;
import dev.belfry.host.settings.OidcSettings.Resolver;
import dev.belfry.host.signin.OpenIdProvider.SignedIn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the user of the catalog for a provider's user: the first resolver that finds exactly one decides. */
record UserResolvers(List<Resolver> resolvers, Catalog catalog, EntityDirectory directory) {

    Optional<EntityRef> resolve(SignedIn profile) {
        return resolvers.stream()
                .map(resolver -> found(resolver, profile))
                .filter(users -> users.size() == 1)
                .map(users -> users.iterator().next())
                .findFirst();
    }

    private Set<EntityRef> found(Resolver resolver, SignedIn profile) {
        Set<EntityRef> users = switch (resolver.rule()) {
            case EMAIL ->
                allowed(resolver, profile).map(directory::usersWithEmail).orElse(Set.of());
            case EMAIL_LOCAL_PART ->
                named(allowed(resolver, profile).map(email -> email.substring(0, email.lastIndexOf('@'))));
            case PREFERRED_USERNAME -> named(profile.preferredUsername());
            case KEYCLOAK_ID -> directory.usersWithKeycloakId(profile.subject());
        };
        return users.stream().filter(catalog::contains).collect(Collectors.toSet());
    }

    private static Optional<String> allowed(Resolver resolver, SignedIn profile) {
        return profile.email()
                .filter(email -> email.contains("@"))
                .filter(email -> resolver.domains().isEmpty()
                        || resolver.domains().stream().anyMatch(domain -> domain.equalsIgnoreCase(domainOf(email))));
    }

    private static String domainOf(String email) {
        return email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static Set<EntityRef> named(Optional<String> name) {
        try {
            return name.map(text -> Set.of(EntityRef.user(EntityRef.DEFAULT_NAMESPACE, text)))
                    .orElse(Set.of());
        } catch (IllegalArgumentException e) {
            // No user of the catalog can have such a name.
            return Set.of();
        }
    }
}
