package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.host.RunningHost;
import dev.belfry.host.lifecycle.State;
import dev.belfry.host.settings.DatabaseSettings.Division;
import dev.belfry.host.settings.DatabaseSettings.PluginDatabase;
import dev.belfry.host.settings.DatabaseSettings.Pool;
import dev.belfry.host.settings.DatabaseSettings.Postgres;
import java.time.Duration;
import java.util.Optional;

/** The database of the plugin counter. */
final class CounterDatabase {

    private CounterDatabase() {}

    /** On a PostgreSQL of this machine, for a user without a password. */
    static PluginDatabase onPostgres(int port, String user) {
        return onPostgres(port, user, "backstage_plugin_", 1);
    }

    /** @param most connections of its pool */
    static PluginDatabase onPostgres(int port, String user, String prefix, int most) {
        return new PluginDatabase(
                new Postgres(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                        user,
                        Optional.empty(),
                        prefix,
                        Division.DATABASE,
                        true,
                        Optional.empty()),
                new Pool(0, most, Duration.ofSeconds(5), Duration.ofMinutes(1)));
    }

    /** The number that the running plugin has stored. */
    static String count(RunningHost host) {
        assertThat(host.plugin("counter").state())
                .as("%s", host.plugin("counter").reason())
                .isEqualTo(State.RUNNING);
        return host.get("/api/counter/count").body();
    }
}
