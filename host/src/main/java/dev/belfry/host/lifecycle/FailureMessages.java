package dev.belfry.host.lifecycle;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.database.DatabaseUnavailable;
import dev.belfry.api.database.MigrationFailed;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Error messages and classes for exceptions of plugin code. */
final class FailureMessages {

    private FailureMessages() {}

    static Refusal asRefusal(Throwable failure) {
        return failure instanceof Refusal refusal ? refusal : new Refusal(of(failure), failure);
    }

    /** The class of the first cause that has one. */
    static FailureClass classOf(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            switch (cause) {
                case Refusal refusal
                when refusal.failure().isPresent() -> {
                    return refusal.failure().get();
                }
                case ConfigurationException _ -> {
                    return FailureClass.CONFIGURATION;
                }
                case DatabaseUnavailable _, MigrationFailed _, SQLException _ -> {
                    return FailureClass.DATABASE;
                }
                case LinkageError error
                when !(error instanceof ExceptionInInitializerError) -> {
                    return FailureClass.INCOMPATIBLE;
                }
                case ClassNotFoundException _ -> {
                    return FailureClass.INCOMPATIBLE;
                }
                default -> {}
            }
        }
        return FailureClass.CANNOT_START;
    }

    static String of(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case ConfigurationException wrong -> String.join("; ", wrong.faults());
            case ClassNotFoundException _, NoClassDefFoundError _ ->
                "a class is missing: " + message + ". Pack the library that has it into the plugin's JAR";
            case UnsupportedClassVersionError _ ->
                "it was compiled for a newer Java than " + Runtime.version().feature() + ": " + message;
            case IncompatibleClassChangeError _ -> "it was compiled against another version of a library: " + message;
            case ExceptionInInitializerError error
            when error.getCause() != null -> "a static initializer failed: " + of(error.getCause());
            case OutOfMemoryError _ -> "out of memory: " + message;
            default -> message == null || message.isBlank() ? failure.getClass().getName() : message;
        };
    }
}
