package dev.belfry.notifications.api;

import dev.belfry.api.database.Dialect;
import dev.belfry.notifications.NotificationsPlugin;
import dev.belfry.testkit.TestHost;

/** The settings that the plugin runs in. Its clients must not see a difference. */
enum Setting {
    STATIC_SQLITE(false, Dialect.SQLITE),
    STATIC_POSTGRESQL(false, Dialect.POSTGRESQL),
    DYNAMIC_SQLITE(true, Dialect.SQLITE),
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
