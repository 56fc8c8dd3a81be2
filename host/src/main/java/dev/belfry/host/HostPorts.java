package dev.belfry.host;

import dev.belfry.api.access.Identity;
import dev.belfry.api.access.Permissions;
import dev.belfry.api.catalog.Catalog;
import dev.belfry.host.access.AccessControl;
import dev.belfry.host.access.DeclaredPermissions;
import dev.belfry.host.access.FailedCredentials;
import dev.belfry.host.access.IdentityChain;
import dev.belfry.host.access.SessionTokens;
import dev.belfry.host.casbin.PolicyPermissions;
import dev.belfry.host.catalog.YamlCatalog;
import dev.belfry.host.catalogsources.CatalogSources;
import dev.belfry.host.directory.CatalogNames;
import dev.belfry.host.directory.EntityDirectory;
import dev.belfry.host.extension.Extensions;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.AuthSettings;
import dev.belfry.host.settings.HostSettings;
import dev.belfry.host.tracing.Tracing;
import dev.belfry.host.watch.FileWatch;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The host's own ports, each with its built-in adapter or the plugin that supplies it.
 *
 * @param names unknown if a plugin supplies the port catalog
 * @param directory empty if a plugin supplies the port catalog
 * @param access asks the ports identity and permission
 * @param permissions for the built-in adapter of the port permission
 * @param tokens of the built-in adapter of the port identity; empty if only plugins supply that port
 */
record HostPorts(
        Catalog catalog,
        CatalogNames names,
        EntityDirectory directory,
        AccessControl access,
        DeclaredPermissions permissions,
        Optional<SessionTokens> tokens) {

    /**
     * @param sessions for requests without a token
     * @param parts gets the adapters that must be closed
     */
    static HostPorts wire(
            HostSettings settings,
            Extensions extensions,
            HostSessions sessions,
            CatalogSources sources,
            FileWatch watch,
            YamlCatalog.Network network,
            Tracing tracing,
            Clock clock,
            Consumer<AutoCloseable> parts) {
        DeclaredPermissions declared = new DeclaredPermissions();
        AtomicReference<@Nullable EntityDirectory> directory = new AtomicReference<>();
        AtomicReference<@Nullable CatalogNames> names = new AtomicReference<>();
        Catalog catalog = extensions.port(Extensions.HOST, "catalog", Catalog.class, () -> {
            YamlCatalog files = YamlCatalog.open(settings.catalog(), sources, watch, network);
            parts.accept(files);
            directory.set(files.directory());
            names.set(files.names());
            declared.listen(files::tellUnknown);
            return files;
        });
        CatalogNames ofCatalog = Objects.requireNonNullElse(names.get(), CatalogNames.UNKNOWN);
        FailedCredentials failures =
                new FailedCredentials(settings.auth().failedCredentialsPerMinute(), System::nanoTime);
        AtomicReference<@Nullable SessionTokens> tokens = new AtomicReference<>();
        Identity identity = IdentityChain.of(extensions.suppliersOf(Extensions.HOST, "identity", Identity.class, () -> {
            JwtIdentity builtIn = JwtIdentity.of(
                    settings.auth(),
                    settings.belfry().dataDirectory(),
                    sessions.issuer(),
                    clock,
                    failures,
                    watch,
                    tracing);
            builtIn.sessionTokens().ifPresent(tokens::set);
            return builtIn;
        }));
        Permissions permissions = extensions.port(
                Extensions.HOST,
                "permission",
                Permissions.class,
                () -> PolicyPermissions.open(settings.permission(), catalog, ofCatalog, watch, declared));
        AccessControl access = new AccessControl(
                identity,
                sessions.cookies(),
                permissions,
                catalog,
                settings.auth().guest().map(AuthSettings.Guest::access),
                failures);
        return new HostPorts(
                catalog,
                ofCatalog,
                Objects.requireNonNullElse(directory.get(), EntityDirectory.EMPTY),
                access,
                declared,
                Optional.ofNullable(tokens.get()));
    }
}
