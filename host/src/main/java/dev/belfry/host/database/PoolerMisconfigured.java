package dev.belfry.host.database;

import java.sql.SQLException;

/** A connection pooler in front of PostgreSQL has an unsupported configuration. Waiting does not help. */
final class PoolerMisconfigured extends SQLException {

    private static final long serialVersionUID = 1L;
    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    PoolerMisconfigured(String reason) {
        super(reason, FEATURE_NOT_SUPPORTED);
    }

    PoolerMisconfigured(String reason, SQLException cause) {
        super(reason, FEATURE_NOT_SUPPORTED, cause);
    }
}
