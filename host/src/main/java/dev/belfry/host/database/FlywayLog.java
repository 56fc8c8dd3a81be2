package dev.belfry.host.database;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flyway's log, all at DEBUG: the host reports the result of a migration itself, and the rest advertises Flyway's editions or advises to
 * change settings of Flyway, which the host does not have.
 */
record FlywayLog(Logger logger) implements Log {

    /** Flyway creates it by its name. */
    public static final class Creator implements LogCreator {
        @Override
        public Log createLogger(Class<?> owner) {
            return new FlywayLog(LoggerFactory.getLogger(owner));
        }
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isDebugEnabled();
    }

    @Override
    public void debug(String message) {
        logger.debug(message);
    }

    @Override
    public void info(String message) {
        logger.debug(message);
    }

    @Override
    public void warn(String message) {
        logger.debug(message);
    }

    @Override
    public void error(String message) {
        logger.debug(message);
    }

    @Override
    public void error(String message, Exception failure) {
        logger.debug(message, failure);
    }

    @Override
    public void notice(String message) {
        logger.debug(message);
    }
}
