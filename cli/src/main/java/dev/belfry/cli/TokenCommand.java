package dev.belfry.cli;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.TokenMint;
import dev.belfry.host.config.Config;
import dev.belfry.host.nimbus.JwtIdentity;
import dev.belfry.host.settings.HostSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code belfry token}. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Prints a token for development, signed with a key that the host keeps in its data directory.")
final class TokenCommand implements Runnable {

    /** A longer lifetime is rather a slip. */
    private static final Duration LONG = Duration.ofDays(366);

    /** The subject of the token. */
    static final class Subject {
        @Option(
                names = "--user",
                required = true,
                paramLabel = "REF",
                description = "A user of the catalog, such as default/guest or user:default/guest.")
        private @Nullable String user;

        @Option(names = "--service", required = true, paramLabel = "NAME", description = "A service.")
        private @Nullable String service;
    }

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "The lifetime of the token, such as 30m, 1h, 7d or PT1H. Default: ${DEFAULT-VALUE}.")
    private Duration lifetime = Duration.ofHours(1);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Config read = config.load();
        HostSettings settings = HostSettings.from(read);
        spec.commandLine().getOut().println(token(mint(settings)));
        if (lifetime.compareTo(LONG) > 0) {
            spec.commandLine()
                    .getErr()
                    .println("WARN the token is valid for " + lifetime.toDays()
                            + " days, and ends earlier only with the key in the data directory");
        }
        user().flatMap(new KnownUsers(settings, read, config.classPath())::warning)
                .ifPresent(warning -> spec.commandLine().getErr().println("WARN " + warning));
    }

    /** @throws ConfigurationException when a host with these settings does not accept development tokens */
    static TokenMint mint(HostSettings settings) {
        if (!settings.auth().developmentTokens()) {
            throw new ConfigurationException(
                    List.of("auth.developmentTokens: this host refuses development tokens; it accepts"
                            + " them where it has a guest and no issuers, or where auth.developmentTokens is true"));
        }
        return JwtIdentity.mint(settings.belfry().dataDirectory(), Clock.systemUTC());
    }

    private Optional<EntityRef> user() {
        return Optional.ofNullable(subject.user).map(user -> EntityRef.parse(user, EntityRef.USER));
    }

    private String token(TokenMint mint) {
        try {
            Optional<EntityRef> user = user();
            if (user.isPresent()) {
                if (!user.get().kind().equals(EntityRef.USER)) {
                    throw new IllegalArgumentException("'" + subject.user + "' is no user");
                }
                return mint.forUser(user.get(), lifetime);
            }
            return mint.forService(subject.service == null ? "" : subject.service, lifetime);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
