package dev.belfry.notifications.api;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;

/**
 * The settings that the plugin runs in. Its clients must not see a difference. Each database and each way of loading the plugin occurs
 * once: they do not depend on each other.
 */
enum Setting {
    STATIC_SQLITE(false, Dialect.SQLITE),
    DYNAMIC_POSTGRESQL(true, Dialect.POSTGRESQL);

    static final String BASE = "/api/notifications/notifications";

    private final boolean dynamic;
    private final Dialect dialect;

    Setting(boolean dynamic, Dialect dialect) {
        this.dynamic = dynamic;
        this.dialect = dialect;
    }

    TestHost.Builder host() {
        TestHost.Builder builder = TestHost.with(NotificationsPlugin.class).database(dialect);
        return dynamic ? builder.fromBuiltJar() : builder;
    }
}
